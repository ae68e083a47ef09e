import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ipcContract, type RequestName } from '../../src/shared/ipc-contract.ts';
import { faultOf } from './answer-faults.ts';
import { schemaOf } from './contract-walk.ts';
import { inputsOf } from './fuzzed-inputs.ts';
import { CANARY, keepOffline, openRooms } from './fuzzed-rooms.ts';

/** What the handlers ask of Electron: dialogs that somebody answers, and what the board tells of the app. */
const electron = vi.hoisted(() => ({ chosen: [] as string[], page: '' }));
vi.mock('electron', () => ({
  app: { getVersion: () => '1.2.3', getPreferredSystemLanguages: () => ['en'] },
  BrowserWindow: { getAllWindows: () => [] },
  dialog: {
    showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: electron.chosen }),
    showSaveDialog: () => Promise.resolve({ canceled: false, filePath: electron.page }),
  },
}));

const RUNS = Number(process.env['SANDGLASS_FUZZ_RUNS'] ?? 10_000);
const SEED = Number(process.env['SANDGLASS_FUZZ_SEED'] ?? 6);
/** Of a hundred inputs, so many are sound from the first; others happen to be. */
const SOUND = 5;
/** So many sound inputs of each channel reach the rooms; fewer where each of them takes the network or the disk. */
const MOST = 500;
const SLOW_MOST = 60;
/** On a machine that is busy with others, in milliseconds. */
const PATIENCE = 600_000;
const SLOW: ReadonlySet<RequestName> = new Set<RequestName>([
  ...(['listBuckets', 'testAccount', 'connectAccount', 'renewKeys', 'browseBuckets', 'browse'] as const),
  ...(['listVersions', 'previewObject', 'linkObject', 'inviteByLink', 'inviteByForm'] as const),
  ...(['extendInvitation', 'showInvitation', 'copyInvitation', 'saveUploadPage', 'lookForArrivals'] as const),
  ...(['previewLifecycle', 'putLifecycle', 'showLifecycle', 'removeLifecycle', 'probeVault'] as const),
  ...(['resumeShare', 'retryShare', 'revokeShare', 'cancelShare', 'extendShare', 'startShares'] as const),
  ...(['removeAccount', 'selectAccount', 'changePreferences', 'chooseLife', 'chooseLanguage'] as const),
  ...(['chooseEnd', 'chooseGoneAtEnd', 'offerFiles', 'chooseFiles', 'listProfiles'] as const),
]);
const NAMES = Object.keys(ipcContract.requests) as RequestName[];

let home: string;
let online: () => void;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sandglass-fuzz-home-'));
  await mkdir(join(home, '.aws'));
  const profile = '[test]\naws_access_key_id = AKIALOCAL\naws_secret_access_key = local-secret\n';
  await writeFile(join(home, '.aws/credentials'), profile);
  electron.chosen = [join(home, '0.txt'), join(home, 'absent.txt')];
  electron.page = join(home, 'page.html');
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, '.aws/credentials'));
  vi.stubEnv('AWS_CONFIG_FILE', join(home, '.aws/config'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  online = keepOffline();
  process.on('unhandledRejection', note).on('uncaughtException', note);
});
afterAll(async () => {
  process.off('unhandledRejection', note).off('uncaughtException', note);
  online();
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const codeOf = (answer: unknown) =>
  (answer as { readonly failure?: { readonly code?: string } }).failure?.code ?? 'done';

describe.concurrent(`${RUNS} inputs through the channel`, () => {
  it.each(NAMES)(
    '%s bring answers of the contract, with no stack, no folder and no secret',
    async (name) => {
      const rooms = await openRooms(join(home, name), SLOW.has(name) ? SLOW_MOST : MOST);
      const secrets = [CANARY, 'local-secret', rooms.folder, home, process.cwd()];
      const node = schemaOf(ipcContract.requests[name].input);
      const inputs = inputsOf(node, rooms.hints, SOUND);
      const begun = performance.now();
      const codes = new Set<string>();
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          const answer = await rooms.ask(name, input);
          codes.add(codeOf(answer));
          expect(faultOf(name, answer, secrets)).toBeNull();
        }),
        { numRuns: RUNS, seed: SEED },
      );
      const sound = rooms.reached();
      rooms.openUp();
      if (process.env['SANDGLASS_FUZZ_TOLD']) {
        console.log(
          `${name}: ${sound} of ${RUNS} were sound, ${Math.round(performance.now() - begun)} ms, ${[...codes].sort().join(' ')}`,
        );
      }
      expect(sound).toBeGreaterThan(RUNS / 500);
      expect(faultOf('readBoard', await rooms.ask('readBoard', {}), [])).toBeNull();
      expect(await rooms.ask('readShares', { search: '', offset: 0, limit: 9 })).toMatchObject({ ok: true });
      await rooms.close();
    },
    PATIENCE,
  );
});

describe('after all of that', () => {
  it('nothing was left unhandled, and no prototype has grown', () => {
    expect(unhandled).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('an answer', () => {
  const failure = { code: 'refused', message: 'x', next: null, requestId: null };
  it.each<readonly [string, RequestName, unknown]>([
    ['that is none', 'listProfiles', undefined],
    ['of another shape', 'listProfiles', { ok: true, value: [1] }],
    ['with more in it', 'listProfiles', { ok: true, value: [], stack: 'x' }],
    ['whose failure holds more', 'listProfiles', { ok: false, failure: { ...failure, cause: 'x' } }],
    [
      'whose failure is too long',
      'listProfiles',
      { ok: false, failure: { ...failure, message: 'x'.repeat(1_001) } },
    ],
    ['that nobody has expected', 'listProfiles', { ok: false, failure: { ...failure, code: 'internal' } }],
    ['with a stack', 'listProfiles', { ok: false, failure: { ...failure, message: new Error('x').stack } }],
    ['with a folder of ours', 'listProfiles', { ok: true, value: ['/home/ada/data/x'] }],
  ])('%s would be found', (_what, name, answer) => {
    expect(faultOf(name, answer, ['/home/ada/data'])).not.toBeNull();
  });

  it('that is sound is taken', () => {
    expect(faultOf('listProfiles', { ok: true, value: ['mine'] }, ['/home/ada'])).toBeNull();
    expect(faultOf('listProfiles', { ok: false, failure }, ['/home/ada'])).toBeNull();
  });
});
