import type { BucketObjectView, DropPlace } from '../shared/bucket-view.ts';
import { plainName } from './model/shown-name.ts';
import { tellMoment, tellSize } from './telling.ts';
import { words } from './words.ts';

/** `3.4 MB · 12 Oct 09:30 · Infrequent access`. @param now milliseconds since 1970 */
export function objectLine(object: Omit<BucketObjectView, 'key' | 'name'>, now: number): string {
  const { size, lastModified, storageClass } = object;
  return [tellSize(size), tellMoment(lastModified, now), className(storageClass)]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `family-album/photos/`. */
export function placeName({ bucket, prefix }: DropPlace): string {
  return plainName(`${bucket}/${prefix}`);
}

function className(storageClass: string): string {
  const known = words.buckets.classes;
  return Object.hasOwn(known, storageClass) ? (known[storageClass] ?? '') : storageClass;
}
