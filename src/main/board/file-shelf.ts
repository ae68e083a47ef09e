import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { OfferedFile } from '../../shared/board.ts';
import { SandglassError } from '../../shared/errors.ts';
import { failureOf } from './failure.ts';

/** Looks at a file without reading it. */
export interface FileGlance {
  /** Bytes. @throws SandglassError file-missing, file-is-directory, file-unreadable */
  sizeOf(path: string): Promise<number>;
}

/** Keeps the paths of offered files, so that the window knows them by ids that mean nothing elsewhere. */
export class FileShelf {
  readonly #glance: FileGlance;
  readonly #paths = new Map<string, string>();

  constructor(glance: FileGlance) {
    this.#glance = glance;
  }

  offer(paths: readonly string[]): Promise<OfferedFile[]> {
    return Promise.all(paths.map((path) => this.#offerOne(path)));
  }

  /** The path, once: an id is used up by being shared. @throws SandglassError file-missing */
  take(fileId: string): string {
    const path = this.#paths.get(fileId);
    this.#paths.delete(fileId);
    if (path !== undefined) return path;
    throw new SandglassError('file-missing', 'This file is no longer at hand.', { next: 'Drop it again.' });
  }

  async #offerOne(path: string): Promise<OfferedFile> {
    const name = basename(path);
    try {
      const size = await this.#glance.sizeOf(path);
      const fileId = randomUUID();
      this.#paths.set(fileId, path);
      return { kind: 'file', fileId, name, size };
    } catch (error) {
      return { kind: 'refused', name, failure: failureOf(error) };
    }
  }
}
