import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { diagnosis } from '../../../src/main/platform/diagnosis.ts';
import { LogFile } from '../../../src/main/platform/log-file.ts';
import { recordOf } from '../board/records.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandglass-diagnosis-'));
});
afterEach(() => rm(folder, { recursive: true }));

const ASKER = { face: 'app', version: '1.2.3', now: Date.UTC(2099, 0) } as const;
const text = () => diagnosis(folder, ASKER);
const write = (settings: object) =>
  writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 1, ...settings }));

function fillHistory(): void {
  const history = History.open(join(folder, 'history.db'));
  history.add(recordOf('0000000001', { status: 'live', name: 'canary.pdf', key: 'canary/key.pdf' }));
  history.add(recordOf('0000000002', { status: 'failed' }));
  history.add(recordOf('0000000003', { status: 'failed' }));
  history.close();
}

const ACCOUNTS = {
  canaryaccount: {
    keys: { in: 'profile', profile: 'canaryprofile' },
    endpoint: 'http://canaryhost.example:9000',
    bucket: 'canarybucket',
    prefix: 'canaryprefix',
  },
  canarycloud: {
    keys: { in: 'keychain' },
    endpoint: 'https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com',
    region: 'auto',
  },
};

describe('diagnostics', () => {
  it('tell versions, what is set and how many shares stand where', async () => {
    await write({ accounts: ACCOUNTS, keyTemplate: 'canary/{name}' });
    await writeFile(join(folder, 'history.damaged-2026-11-23T22-15-07.db'), '');
    fillHistory();
    const told = await text();
    expect(told).toMatch(
      /^### Sandglass diagnostics\n\n\| {5}\| {5}\|\n\| --- \| --- \|\n\| Sandglass \| 1\.2\.3 \(app\) \|/,
    );
    expect(told).toContain(`| Node.js | ${process.versions.node} |`);
    expect(told).toContain(
      '| Accounts | 2; custom, without TLS, keys in profile, prefix set; Cloudflare R2, keys in keychain',
    );
    expect(told).toContain('| Key template | another |');
    expect(told).toContain('| Shares | 1 ended, 2 failed |');
    expect(told).toContain('| Set aside as damaged | 1 |');
  });

  it('hold no name, no key, no secret and no path, wherever one has got to', async () => {
    await write({ accounts: ACCOUNTS, keyTemplate: 'canary/{name}' });
    fillHistory();
    const log = new LogFile(folder, { now: () => 0 });
    for (const said of [
      'canarybucket',
      'canaryaccount',
      'canaryprofile',
      'canaryhost.example',
      'in canaryprefix',
    ])
      log.write('info', `by chance ${said} x`);
    // As if an older Sandglass had not scrubbed it.
    const raw = [
      'AKIACANARY',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYcanaryKEYs',
      `${homedir()}/canary.txt`,
      '``` canary ```',
    ];
    await writeFile(join(folder, 'logs/sandglass.1.log'), raw.join('\n'));
    const told = await text();
    expect(told).toContain('Log (9 lines)');
    expect(told).toContain('by chance … x');
    expect(told.toLowerCase()).not.toContain('canary');
    expect(told).not.toContain(homedir());
    expect(told).not.toContain('0123456789abcdef');
  });

  it('would show that, if it were there', async () => {
    new LogFile(folder, { now: () => 0 }).write('info', 'canary');
    expect(await text()).toContain('canary');
  });

  it('hold the last 200 lines of the log, and not one more', async () => {
    const log = new LogFile(folder, { now: () => 0 });
    for (let place = 0; place < 250; place += 1) log.write('info', `event ${place};`);
    const told = await text();
    expect(told).toContain('Log (200 lines)');
    expect(told).toContain('event 50;');
    expect(told).not.toContain('event 49;');
  });

  it('come also where nothing is there yet, and leave nothing behind', async () => {
    expect(await text()).toContain('| Shares | none |');
    expect(await readdir(folder)).toEqual([]);
  });

  it('come also where settings and history are damaged, and change neither', async () => {
    await writeFile(join(folder, 'settings.json'), 'canary');
    await writeFile(join(folder, 'history.db'), 'canary'.repeat(1_000));
    const told = await text();
    expect(told).toContain('| Settings | settings-damaged |');
    expect(told).toContain('| Shares | cannot be read |');
    expect(told).not.toContain('canary');
    expect((await readdir(folder)).sort()).toEqual(['history.db', 'settings.json']);
  });
});
