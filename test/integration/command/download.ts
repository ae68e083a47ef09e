import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface Download {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly sha256: string;
}

/** What a stranger gets who opens a link with curl: no key, no SDK. */
export async function curl(url: string, ...args: string[]): Promise<Download> {
  const folder = await mkdtemp(join(tmpdir(), 'sandglass-curl-'));
  const headFile = join(folder, 'head');
  const child = spawn('curl', ['-s', '-D', headFile, ...args, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const hash = createHash('sha256');
  await pipeline(child.stdout, hash);
  const head = await readFile(headFile, 'latin1');
  await rm(folder, { recursive: true });
  // The last answer counts: `100 Continue` may come before it.
  const lines = head.trim().split('\r\n\r\n').at(-1)?.split('\r\n') ?? [];
  const headers = lines.slice(1).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(lines[0]?.split(' ')[1]),
    headers: Object.fromEntries(headers),
    sha256: hash.digest('hex'),
  };
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
