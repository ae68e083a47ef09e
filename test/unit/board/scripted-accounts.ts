import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { AccountDesk, type AccountDeskPorts } from '../../../src/main/board/account-desk.ts';
import type { CredentialSource, Credentials } from '../../../src/main/credentials/credentials.ts';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import type { BucketCheck, CheckStep } from '../../../src/main/share/bucket-check.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import type { AccountDraft } from '../../../src/shared/board.ts';
import { NOON } from './scripted-share.ts';

export const PAIR = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canary/secret' };
/** Keys that were typed, with everything that may be said of their bucket. */
export const DRAFT: AccountDraft = {
  ...{ name: 'mine', keys: { in: 'keychain', ...PAIR }, endpoint: 'https://s3.example.org' },
  ...{ region: 'eu-west-1', pathStyle: true, bucket: 'films', prefix: 'inbox' },
};
/** A profile, with no more than its bucket. */
export const BARE: AccountDraft = {
  ...{ name: 'work', keys: { in: 'profile', profile: 'sso' }, endpoint: null },
  ...{ region: null, pathStyle: null, bucket: 'reels', prefix: null },
};
/** Where DRAFT’s bucket is reached. */
export const ENDPOINT = { url: 'https://s3.example.org', region: 'eu-west-1', pathStyle: true };

export let folder: string;
export let settings: Settings;
export let vault: MemoryVault;
/** What profiles and accounts give, and what a check of a bucket finds. */
export const given: { credentials: Credentials; steps: CheckStep[] } = { credentials: PAIR, steps: [] };

const source = (origin: CredentialSource['origin']): CredentialSource => ({
  origin,
  // A copy: the SDK writes into what it is given.
  resolve: () => Promise.resolve({ ...given.credentials }),
  forget: () => undefined,
});
export const check = vi.fn<BucketCheck['run']>(() => Promise.resolve(given.steps));
export const buckets = vi.fn<AccountDeskPorts['buckets']>(() => Promise.resolve(['films', 'reels']));
export const locate = vi.fn<AccountDeskPorts['locator']['locate']>((bucket) =>
  Promise.resolve({ bucket, region: 'eu-west-1', pathStyle: true }),
);
export const desk = () => {
  const run: Pick<BucketCheck, 'run'> = { run: check };
  return new AccountDesk({
    ...{ settings, vault, buckets, check: run as BucketCheck, sourceOf: source },
    locator: { locate, forget: () => Promise.resolve() },
    clock: new ServerClock({ now: () => NOON }),
    profiles: () => Promise.resolve(['default', 'sso']),
  });
};
export const stored = () => readFileSync(join(folder, 'settings.json'), 'utf8');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-desk-'));
  settings = await Settings.open(folder);
  vault = new MemoryVault();
  given.credentials = PAIR;
  given.steps = [];
  vi.clearAllMocks();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
