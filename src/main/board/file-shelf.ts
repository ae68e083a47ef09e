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

  /**
   * The paths, in the order of the ids, once: an id is used up by being taken. All or none: an id that means nothing,
   * or that stands there twice, uses up none of those beside it. @throws SandglassError file-missing
   */
  take(fileIds: readonly string[]): string[] {
    const paths = fileIds.flatMap((fileId) => this.#paths.get(fileId) ?? []);
    if (paths.length < fileIds.length || new Set(fileIds).size < fileIds.length) throw fileMissing();
    for (const fileId of fileIds) this.#paths.delete(fileId);
    return paths;
  }

  /** Puts a file back under the id that it had, to be taken again. */
  giveBack(fileId: string, path: string): void {
    this.#paths.set(fileId, path);
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

function fileMissing(): SandglassError {
  return new SandglassError('file-missing', 'One of these files is no longer at hand.', {
    next: 'Drop them again.',
  });
}
