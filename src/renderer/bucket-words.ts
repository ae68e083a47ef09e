import type { BucketObjectView, DropPlace } from '../shared/bucket-view.ts';
import { namedIn, plainName } from './model/shown-name.ts';
import type { BucketEntry } from './state/bucket-contents.svelte.ts';
import { tellMoment, tellSize } from './telling.ts';
import { words } from './words.ts';

/** `3.4 MB · 12 Oct 09:30 · Infrequent access`. @param now milliseconds since 1970 */
export function objectLine(object: Omit<BucketObjectView, 'key' | 'name'>, now: number): string {
  const { size, lastModified, storageClass } = object;
  return [tellSize(size), tellMoment(lastModified, now), className(storageClass)]
    .filter((part) => part !== '')
    .join(' · ');
}

/** An entry in one breath, as a screen reader says it. @param now milliseconds since 1970 */
export function entrySummary(entry: BucketEntry, now: number): string {
  const name = namedIn(entry.name);
  if (entry.kind === 'folder') return `${name}. ${words.buckets.folder}`;
  const archived = entry.object.archived ? [words.buckets.archived] : [];
  return [name, ...archived, objectLine(entry.object, now)].join('. ');
}

/** `family-album/photos/`. */
export function placeName({ bucket, prefix }: DropPlace): string {
  return plainName(`${bucket}/${prefix}`);
}

function className(storageClass: string): string {
  const known = words.buckets.classes;
  return Object.hasOwn(known, storageClass) ? (known[storageClass] ?? '') : storageClass;
}
