import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { SandglassError } from '../../shared/errors.ts';

/** What the file holds; that of an empty one where there is none. @throws SandglassError settings-damaged */
export function fileText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{"version":1}';
    throw damaged('cannot be read');
  });
}

/** Another process that changes the file is waited for; one that died while it did is not, after ten seconds. @throws SandglassError disk-full */
export async function locked(path: string, work: () => Promise<void>): Promise<void> {
  const retries = { retries: 60, minTimeout: 20, maxTimeout: 250 };
  const release = await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    .then(() => lock(path, { realpath: false, stale: 10_000, retries }))
    .catch((error: unknown) => {
      throw unwritable(error);
    });
  try {
    await work();
  } finally {
    await release();
  }
}

/** All of it or nothing, readable by its owner alone. @throws SandglassError disk-full */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text, { mode: 0o600 });
  } catch (error) {
    throw unwritable(error);
  }
}

/** The error for a file that cannot be read as settings; the file stays as it is. */
export function damaged(why: string): SandglassError {
  return new SandglassError('settings-damaged', `settings.json ${why}.`, {
    next: 'Mend it, or move it out of Sandglass’s data folder to begin with the defaults.',
  });
}

function unwritable(cause: unknown): SandglassError {
  return new SandglassError('disk-full', 'The settings cannot be written: the disk is full or refuses it.', {
    next: 'Free some space, or point SANDGLASS_DATA_DIR at a folder that you may write.',
    cause,
  });
}
