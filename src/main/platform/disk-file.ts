import { hash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { SandglassError } from '../../shared/errors.ts';
import type { SourceFile } from '../upload/ports.ts';
import { Rooms } from '../upload/rooms.ts';
import { HashAhead } from './hash-ahead.ts';

/** Hashes ranges of open files; fails with Node.js's codes, and `SHORT` where a file ends before its range. */
export interface RangeHasher {
  md5(fd: number, offset: number, length: number): Promise<string>;
  /** Something will be hashed soon. */
  warmUp?(): void;
}

/** Up to so many bytes are hashed at once: to ask a thread takes longer. */
const HASHED_HERE_BYTES = 256 * 1024;
/** What is hashed here lies in one of these until it is sent, or where many wait in memory of just its length. */
const rooms = new Rooms(HASHED_HERE_BYTES, 8);

interface Hashed {
  readonly offset: number;
  readonly bytes: Buffer;
  /** Whose bytes they are; null where they are in none. */
  readonly room: Buffer | null;
}

/**
 * A regular file on disk as it was when it was shared, known again by size, time and inode. It is held open only once
 * its bytes are asked for, since a system gives a program few files at once.
 */
export class DiskFile implements SourceFile {
  readonly path: string;
  readonly size: number;
  /** Names the file as it was when it was shared: another content, or another file, has another stamp. */
  readonly stamp: string;
  readonly #called: string;
  readonly #hasher: RangeHasher;
  readonly #ahead: HashAhead;
  #shared: BigIntStats;
  /** What was hashed here is what will be sent next, and is not read again. */
  #hashed: Hashed | null = null;
  #handle: Promise<FileHandle> | null = null;

  private constructor(path: string, called: string, shared: BigIntStats, hasher: RangeHasher) {
    this.path = path;
    this.#called = called;
    this.size = Number(shared.size);
    this.stamp = [shared.size, shared.mtimeNs, shared.ino, shared.dev].join(':');
    this.#shared = shared;
    this.#hasher = hasher;
    this.#ahead = new HashAhead(this.size, (offset, length) => this.#hash(offset, length));
    if (this.size > HASHED_HERE_BYTES) hasher.warmUp?.();
  }

  /**
   * @param called how sentences name it: the window never tells where in a person's folders a file lies
   * @throws SandglassError file-missing, file-is-directory, file-unreadable
   */
  static async open(path: string, hasher: RangeHasher, called = path): Promise<DiskFile> {
    const found = await stat(path, { bigint: true }).catch((error: unknown) => {
      throw fileFailure(called, error);
    });
    // Looked at before it is opened: opening a pipe waits until somebody writes into it.
    if (found.isDirectory()) throw isDirectory(called);
    if (!found.isFile()) throw unreadable(called, 'it is not an ordinary file');
    try {
      // Only this tells whether it may be read.
      await (await open(path)).close();
    } catch (error) {
      throw fileFailure(called, error);
    }
    return new DiskFile(path, called, found, hasher);
  }

  /**
   * Bytes of a file that is not shared yet.
   * @param called how sentences name it
   * @throws SandglassError file-missing, file-is-directory, file-unreadable
   */
  static async sizeOf(path: string, called = path): Promise<number> {
    return (await DiskFile.open(path, NO_HASHER, called)).size;
  }

  async read(buffer: Uint8Array, offset: number): Promise<void> {
    const hashed = this.#hashed;
    if (hashed?.offset === offset && hashed.bytes.length === buffer.length) {
      hashed.bytes.copy(buffer);
      this.#dropHashed();
    } else {
      this.#dropHashed();
      await this.#read(buffer, offset);
    }
  }

  md5(offset: number, length: number): Promise<string> {
    return this.#ahead.md5(offset, length);
  }

  async compare(): Promise<'same' | 'touched'> {
    const now = await stat(this.path, { bigint: true }).catch((error: unknown) => {
      throw fileFailure(this.#called, error);
    });
    if (!isSame(now, this.#shared) || now.dev !== this.#shared.dev) throw changed(this.#called);
    // Whoever puts the time of a file back changes this one, as does whoever changes its name or its rights.
    if (now.ctimeNs === this.#shared.ctimeNs) return 'same';
    // Whoever hashes it now wants to know what it holds by now.
    this.#ahead.forget();
    return 'touched';
  }

  async reopen(): Promise<void> {
    await this.close();
    await this.#opened();
  }

  async close(): Promise<void> {
    this.#ahead.forget();
    const handle = await this.#handle?.catch(() => null);
    this.#handle = null;
    this.#dropHashed();
    await handle?.close().catch(() => undefined);
  }

  async #read(buffer: Uint8Array, offset: number): Promise<void> {
    const handle = await this.#opened();
    for (let filled = 0; filled < buffer.length;) {
      const { bytesRead } = await handle
        .read(buffer, filled, buffer.length - filled, offset + filled)
        .catch((error: unknown) => {
          throw fileFailure(this.#called, error);
        });
      if (bytesRead === 0) throw changed(this.#called);
      filled += bytesRead;
    }
  }

  async #hash(offset: number, length: number): Promise<string> {
    if (length <= HASHED_HERE_BYTES) return this.#hashHere(offset, length);
    const { fd } = await this.#opened();
    try {
      return await this.#hasher.md5(fd, offset, length);
    } catch (error) {
      if ((error as { code?: string }).code === 'SHORT') throw changed(this.#called);
      throw fileFailure(this.#called, error);
    }
  }

  async #hashHere(offset: number, length: number): Promise<string> {
    const room = rooms.takeKept();
    const bytes = room?.subarray(0, length) ?? Buffer.allocUnsafe(length);
    try {
      await this.#read(bytes, offset);
    } catch (error) {
      if (room) rooms.giveBack(room);
      throw error;
    }
    this.#dropHashed();
    this.#hashed = { offset, bytes, room };
    // Nobody asks for it where the file was closed meanwhile.
    if (this.#handle === null) this.#dropHashed();
    return hash('md5', bytes, 'base64');
  }

  #dropHashed(): void {
    if (this.#hashed?.room) rooms.giveBack(this.#hashed.room);
    this.#hashed = null;
  }

  #opened(): Promise<FileHandle> {
    this.#handle ??= this.#open().catch((error: unknown) => {
      this.#handle = null;
      throw error;
    });
    return this.#handle;
  }

  /** A drive that comes back may have another number; size, time and inode are the file's own. */
  async #open(): Promise<FileHandle> {
    const handle = await open(this.path).catch((error: unknown) => {
      throw fileFailure(this.#called, error);
    });
    const now = await handle.stat({ bigint: true });
    if (!isSame(now, this.#shared)) {
      await handle.close();
      throw changed(this.#called);
    }
    this.#shared = { ...now, ctimeNs: this.#shared.ctimeNs };
    return handle;
  }
}

function isSame(now: BigIntStats, then: BigIntStats): boolean {
  return now.size === then.size && now.mtimeNs === then.mtimeNs && now.ino === then.ino;
}

const NO_HASHER: RangeHasher = { md5: () => Promise.reject(new Error('Opened to be looked at only.')) };

function isDirectory(called: string): SandglassError {
  return new SandglassError('file-is-directory', `“${called}” is a folder, and only files can be shared.`, {
    next: 'Pack it into one file first, for example with zip or tar.',
  });
}

function unreadable(called: string, why: string): SandglassError {
  return new SandglassError('file-unreadable', `“${called}” cannot be read: ${why}.`, {
    next: 'Check that it is there and that you may read it.',
  });
}

function changed(called: string): SandglassError {
  return new SandglassError(
    'file-changed',
    `“${called}” changed while it was uploading, so nothing was published.`,
    {
      next: 'Share it again once it is complete.',
    },
  );
}

function fileFailure(called: string, error: unknown): SandglassError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SandglassError('file-missing', `There is no file “${called}”.`, {
      next: 'Check the path; it may have been moved or deleted.',
    });
  }
  if (code === 'EISDIR') return isDirectory(called);
  if (code === 'EACCES' || code === 'EPERM') return unreadable(called, 'permission denied');
  return unreadable(called, `the disk answers ${code ?? 'with an error'}`);
}
