import { open, rm, type FileHandle } from 'node:fs/promises';
import { SandglassError } from '../../shared/errors.ts';

/** A file that was not there before, for its owner's eyes alone. */
export class NewFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** @throws SandglassError bad-usage where there is one already, file-missing, file-unreadable */
  static async create(path: string): Promise<NewFile> {
    try {
      return new NewFile(path, await open(path, 'wx', 0o600));
    } catch (error) {
      throw refusal(error);
    }
  }

  /** Writes the whole text and closes the file. @throws SandglassError disk-full */
  async write(text: string): Promise<void> {
    try {
      await this.#handle.writeFile(text);
    } catch (error) {
      throw new SandglassError('disk-full', 'The page cannot be written: the disk is full or failing.', {
        next: 'Free some space, then try again.',
        cause: error,
      });
    } finally {
      await this.#handle.close();
    }
  }

  /** Nothing is left of it. */
  async remove(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }
}

function refusal(error: unknown): SandglassError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') {
    return new SandglassError('bad-usage', 'There is a file of that name already.', {
      next: 'Choose another name for --html.',
    });
  }
  if (code === 'ENOENT') {
    return new SandglassError('file-missing', 'There is no such folder for the page.', {
      next: 'Check the path after --html.',
    });
  }
  return new SandglassError('file-unreadable', `The page cannot be written there (${code ?? 'unknown'}).`, {
    next: 'Check the rights of the folder.',
    cause: error,
  });
}
