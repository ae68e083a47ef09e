import { randomBytes } from 'node:crypto';
import type { StoredObject } from './object-store.ts';

/** A version that is not the newest, or the mark that an object was deleted. */
export interface OlderVersion {
  readonly versionId: string;
  /** Milliseconds. */
  readonly lastModified: number;
  /** Null for a delete marker. */
  readonly object: StoredObject | null;
}

/**
 * What buckets that keep versions have beside the newest objects. In memory only: a server that is started again has
 * forgotten older versions.
 */
export class VersionShelf {
  readonly #enabled = new Set<string>();
  /** Newest first; a delete marker at the beginning hides all that follow. */
  readonly #older = new Map<string, Map<string, OlderVersion[]>>();

  enable(bucket: string): void {
    this.#enabled.add(bucket);
  }

  keeps(bucket: string): boolean {
    return this.#enabled.has(bucket);
  }

  forget(bucket: string): void {
    this.#enabled.delete(bucket);
    this.#older.delete(bucket);
  }

  newId(): string {
    return randomBytes(16).toString('hex');
  }

  of(bucket: string, key: string): readonly OlderVersion[] {
    return this.#older.get(bucket)?.get(key) ?? [];
  }

  /** The keys that have more than their newest version. */
  keys(bucket: string): string[] {
    return [...(this.#older.get(bucket)?.keys() ?? [])];
  }

  add(bucket: string, key: string, version: OlderVersion): void {
    const keys = this.#older.get(bucket) ?? new Map<string, OlderVersion[]>();
    this.#older.set(bucket, keys.set(key, [version, ...this.of(bucket, key)]));
  }

  /** @returns what was removed */
  remove(bucket: string, key: string, versionId: string): OlderVersion | undefined {
    const versions = this.of(bucket, key);
    const left = versions.filter((version) => version.versionId !== versionId);
    if (left.length > 0) this.#older.get(bucket)?.set(key, left);
    else this.#older.get(bucket)?.delete(key);
    return versions.find((version) => version.versionId === versionId);
  }
}
