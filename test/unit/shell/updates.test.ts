import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { followUpdates, type UpdateSurroundings, type Updater } from '../../../src/main/shell/updates.ts';

class ScriptedUpdater implements Updater {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  logger: null | object = console;
  looks = 0;
  answer: () => Promise<unknown> = () => Promise.resolve(null);
  readonly listeners: (() => void)[] = [];

  on(_event: 'error', listener: () => void): this {
    this.listeners.push(listener);
    return this;
  }

  checkForUpdates(): Promise<unknown> {
    this.looks += 1;
    return this.answer();
  }
}

let resources: string;
let updater: ScriptedUpdater;
let loads: number;
let daily: { milliseconds: number; work: () => void }[];

beforeEach(async () => {
  resources = await mkdtemp(join(tmpdir(), 'sandglass-updates-'));
  updater = new ScriptedUpdater();
  loads = 0;
  daily = [];
});

afterEach(() => rm(resources, { recursive: true }));

const publishedTo = () => writeFile(join(resources, 'app-update.yml'), 'provider: github\n');

function surroundings(own: Partial<UpdateSurroundings> = {}): UpdateSurroundings {
  return {
    isPackaged: true,
    resources,
    platform: 'darwin',
    environment: {},
    load: () => {
      loads += 1;
      return Promise.resolve(updater);
    },
    every: (milliseconds, work) => daily.push({ milliseconds, work }),
    ...own,
  };
}

it('are off, and the updater is not even loaded, where the app was packaged with no place of updates', async () => {
  expect(await followUpdates(surroundings())).toBe(false);
  expect(loads).toBe(0);
});

it('are off where the app is not packaged, whatever lies beside it', async () => {
  await publishedTo();
  expect(await followUpdates(surroundings({ isPackaged: false }))).toBe(false);
  expect(loads).toBe(0);
});

it('are left to the package system on Linux, but for the AppImage', async () => {
  await publishedTo();
  expect(await followUpdates(surroundings({ platform: 'linux' }))).toBe(false);
  const environment = { APPIMAGE: '/home/ada/Sandglass.AppImage' };
  expect(await followUpdates(surroundings({ platform: 'linux', environment }))).toBe(true);
});

it('are looked for at once and then every day, and come into place when the app is quit', async () => {
  await publishedTo();
  expect(await followUpdates(surroundings())).toBe(true);
  expect(updater).toMatchObject({ looks: 1, autoDownload: true, autoInstallOnAppQuit: true, logger: null });
  expect(daily.map(({ milliseconds }) => milliseconds)).toEqual([86_400_000]);
  daily[0]?.work();
  expect(updater.looks).toBe(2);
});

it('may fail without a word: an error has a listener, and a refused look is caught', async () => {
  await publishedTo();
  updater.answer = () => Promise.reject(new Error('ENOTFOUND'));
  expect(await followUpdates(surroundings())).toBe(true);
  expect(updater.listeners).toHaveLength(1);
  for (const listener of updater.listeners) listener();
});
