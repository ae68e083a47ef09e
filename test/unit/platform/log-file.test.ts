import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastLogLines, LogFile } from '../../../src/main/platform/log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandglass-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const clock = { now: () => 0 };
const log = (maxBytes?: number) => new LogFile(join(folder, 'data'), clock, maxBytes);
const logs = () => join(folder, 'data/logs');
const sizes = async () =>
  Promise.all((await readdir(logs())).map(async (name) => (await stat(join(logs(), name))).size));

describe('the log', () => {
  it('is in the data folder, and its owner’s alone', async () => {
    log().write('info', 'start');
    const path = join(logs(), 'sandglass.log');
    expect(await readFile(path, 'utf8')).toBe('1970-01-01T00:00:00.000Z info  start\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(logs())).mode & 0o777).toBe(0o700);
  });

  it('goes on where an earlier start has ended', () => {
    log().write('info', 'one');
    log().write('info', 'two');
    expect(lastLogLines(join(folder, 'data'), 9).map((line) => line.slice(31))).toEqual(['one', 'two']);
  });

  it('takes no more room than three files, however much is written, and keeps the newest', async () => {
    const small = log(1_000);
    for (let place = 0; place < 500; place += 1) small.write('info', `event ${place}`);
    expect((await readdir(logs())).sort()).toEqual(['sandglass.1.log', 'sandglass.2.log', 'sandglass.log']);
    expect(Math.max(...(await sizes()))).toBeLessThanOrEqual(1_000);
    const lines = lastLogLines(join(folder, 'data'), 40);
    expect(lines.map((line) => Number(line.split(' ').at(-1)))).toEqual(
      Array.from({ length: 40 }, (_, place) => 460 + place),
    );
  });

  it('rotates what an earlier start has filled', async () => {
    log(100).write('info', 'x'.repeat(60));
    log(100).write('info', 'new');
    expect(await readFile(join(logs(), 'sandglass.log'), 'utf8')).toContain('new');
    expect(await readFile(join(logs(), 'sandglass.1.log'), 'utf8')).toContain('xxx');
  });

  it('is scrubbed before it is written', async () => {
    log().write('error', 'x', { said: 'AKIACANARY at https://h/canary?X-Amz-Signature=canary' });
    expect(await readFile(join(logs(), 'sandglass.log'), 'utf8')).not.toMatch(/canary/i);
  });

  it('throws nothing where it cannot be written, and is written again when it can', async () => {
    await writeFile(join(folder, 'data'), 'no folder');
    const kept = log();
    kept.write('info', 'lost');
    await rm(join(folder, 'data'));
    kept.write('info', 'kept');
    expect(lastLogLines(join(folder, 'data'), 9)).toHaveLength(1);
    await rm(logs(), { recursive: true });
    kept.write('info', 'lost');
    kept.write('info', 'kept');
    expect(lastLogLines(join(folder, 'data'), 9)).toEqual([expect.stringContaining('kept')]);
  });

  it('has no lines where there is none', () => {
    expect(lastLogLines(folder, 9)).toEqual([]);
  });
});
