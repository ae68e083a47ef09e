/**
 * What the main process may rely on where the app is started more than once. Written to be run on Electron's own binary
 * as well.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { electronCommand } from '../../scripts/electron.ts';
import { RunningApp } from '../standin/contract-app/running-app.ts';

const command = electronCommand();
const CONTRACT_APP = join(import.meta.dirname, '../standin/contract-app');

test.describe('the app', () => {
  test('is one for each user-data folder: a second start tells the first, and ends', async () => {
    const app = await RunningApp.start();
    const folder = join(app.userData, '..');
    const given = [...command.switches, CONTRACT_APP];
    const second = spawn(
      command.executable,
      [...given, `--user-data-dir=${app.userData}`, '/some/file.txt'],
      {
        cwd: folder,
        env: command.environment,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    let said = '';
    second.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(second, 'close')).toEqual([0, null]);
    expect(said).toBe('told: somebody is first\n');
    await app.hasTold(
      `second-instance ${JSON.stringify({ last: '/some/file.txt', folder, data: { sent: 'along' } })}`,
    );
    await app.stop();
  });

  test('hears of a second start only once it is ready, though that came before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandglass-contract-'));
    const gate = join(folder, 'gate');
    const start = (...files: string[]) => {
      const child = spawn(
        command.executable,
        [...command.switches, CONTRACT_APP, `--user-data-dir=${folder}/data`, ...files],
        {
          env: { ...command.environment, CONTRACT_WAITS_FOR: gate },
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
      const heard = { said: '' };
      child.stdout.on('data', (chunk: Buffer) => (heard.said += chunk.toString()));
      return { child, heard };
    };
    const first = start();
    await expect.poll(() => first.heard.said).toContain('waiting');
    const second = start('/some/file.txt');
    // Electron’s own second start waits for the first to hear it.
    const ended = once(second.child, 'close');
    if (command.kind === 'stand-in') await ended;
    await writeFile(gate, '');
    expect(await ended).toEqual([0, null]);
    await expect.poll(() => first.heard.said).toContain('told: second-instance {"last":"/some/file.txt"');
    expect(first.heard.said).not.toContain('too early');
    const gone = once(first.child, 'close');
    first.child.kill();
    await gone;
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
});
