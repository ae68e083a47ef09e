import type { DropPlace } from '../../shared/bucket-view.ts';

/** A folder on the way from a bucket to where one is. */
export interface PathStep {
  readonly name: string;
  readonly place: DropPlace;
}

export function pathSteps({ bucket, prefix }: DropPlace): readonly PathStep[] {
  const names = prefix.split('/').slice(0, -1);
  const folders = names.map((name, at) => ({
    name,
    place: { bucket, prefix: `${names.slice(0, at + 1).join('/')}/` },
  }));
  return [{ name: bucket, place: { bucket, prefix: '' } }, ...folders];
}
