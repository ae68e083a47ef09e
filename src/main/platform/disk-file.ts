import type { BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { SandglassError } from '../../shared/errors.ts';
import type { SourceFile } from '../upload/ports.ts';

/** A regular file on disk, held open from the moment it was shared, and known again by size, time and inode. */
export class DiskFile implements SourceFile {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #opened: BigIntStats;

  private constructor(path: string, handle: FileHandle, opened: BigIntStats) {
    this.path = path;
    this.size = Number(opened.size);
    this.#handle = handle;
    this.#opened = opened;
  }

  /** @throws SandglassError file-missing, file-is-directory, file-unreadable */
  static async open(path: string): Promise<DiskFile> {
    const found = await stat(path).catch((error: unknown) => {
      throw fileFailure(path, error);
    });
    // Looked at before it is opened: opening a pipe waits until somebody writes into it.
    if (found.isDirectory()) throw isDirectory(path);
    if (!found.isFile()) throw unreadable(path, 'it is not an ordinary file');
    try {
      const handle = await open(path);
      return new DiskFile(path, handle, await handle.stat({ bigint: true }));
    } catch (error) {
      throw fileFailure(path, error);
    }
  }

  /** Bytes of a file that is not opened yet. @throws SandglassError file-missing, file-is-directory, file-unreadable */
  static async sizeOf(path: string): Promise<number> {
    const file = await DiskFile.open(path);
    await file.close();
    return file.size;
  }

  async read(buffer: Uint8Array, offset: number): Promise<void> {
    for (let filled = 0; filled < buffer.length;) {
      const { bytesRead } = await this.#handle
        .read(buffer, filled, buffer.length - filled, offset + filled)
        .catch((error: unknown) => {
          throw fileFailure(this.path, error);
        });
      if (bytesRead === 0) throw changed(this.path);
      filled += bytesRead;
    }
  }

  async assertUnchanged(): Promise<void> {
    const now = await stat(this.path, { bigint: true }).catch((error: unknown) => {
      throw fileFailure(this.path, error);
    });
    const { size, mtimeNs, ino, dev } = this.#opened;
    if (now.size !== size || now.mtimeNs !== mtimeNs || now.ino !== ino || now.dev !== dev)
      throw changed(this.path);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function isDirectory(path: string): SandglassError {
  return new SandglassError('file-is-directory', `“${path}” is a folder, and only files can be shared.`, {
    next: 'Pack it into one file first, for example with zip or tar.',
  });
}

function unreadable(path: string, why: string): SandglassError {
  return new SandglassError('file-unreadable', `“${path}” cannot be read: ${why}.`, {
    next: 'Check that it is there and that you may read it.',
  });
}

function changed(path: string): SandglassError {
  return new SandglassError(
    'file-changed',
    `“${path}” changed while it was uploading, so nothing was published.`,
    {
      next: 'Share it again once it is complete.',
    },
  );
}

function fileFailure(path: string, error: unknown): SandglassError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SandglassError('file-missing', `There is no file “${path}”.`, {
      next: 'Check the path; it may have been moved or deleted.',
    });
  }
  if (code === 'EISDIR') return isDirectory(path);
  if (code === 'EACCES' || code === 'EPERM') return unreadable(path, 'permission denied');
  return unreadable(path, `the disk answers ${code ?? 'with an error'}`);
}
