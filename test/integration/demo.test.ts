import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

test('the demo shares its sample, keeps the link open until Ctrl-C, and leaves', async () => {
  const demo = spawn(process.execPath, [join(ROOT, 'scripts/demo.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => demo.once('close', resolve));
  let url = '';
  const said: string[] = [];
  for await (const line of createInterface({ input: demo.stdout })) {
    said.push(line);
    if (line.startsWith('http')) url = line;
    if (!line.includes('Ctrl-C ends the demo')) continue;
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    const sample = await readFile(join(ROOT, 'assets/sandglass.svg'), 'utf8');
    expect(await answer.text()).toBe(sample);
    demo.kill('SIGINT');
  }
  expect(await ended).toBe(130);
  expect(said.join('\n')).toMatch(/every one the same[^]*ends in (1 h|59 min)/);
  await expect(fetch(url)).rejects.toThrow();
});
