import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import type { BucketCheck, CheckStep } from '../../../src/main/share/bucket-check.ts';
import { scriptedContext } from './scripted-context.ts';

export const PAIR = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'hunter2' };
/** As it is typed, or piped. */
export const TYPED = 'AKIAEXAMPLE\nhunter2\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-accounts-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The command over a folder of its own, with a vault in memory and a check of buckets that finds the given steps. */
export async function desk(steps: readonly CheckStep[] = []) {
  const vault = new MemoryVault();
  const settings = await Settings.open(folder);
  const asked: unknown[] = [];
  const check: Pick<BucketCheck, 'run'> = {
    run: ({ bucket }, prefix) => {
      asked.push([bucket, prefix]);
      return Promise.resolve([...steps]);
    },
  };
  const rooms: Partial<Rooms> = {
    ...{ vault, settings, check: check as BucketCheck },
    awsProfiles: () => Promise.resolve({}),
    sourceOf: (origin) => ({ origin, resolve: () => Promise.resolve(PAIR), forget: () => undefined }),
  };
  const context = scriptedContext(rooms);
  const { terminal } = context;
  return {
    context,
    terminal,
    vault,
    settings,
    asked,
    run: (line: string) => runCommand(line.split(' '), context),
  };
}

/** The settings as they lie on the disk. */
export const file = () => readFileSync(join(folder, 'settings.json'), 'utf8');
