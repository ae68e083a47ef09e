import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import type { CredentialSource } from '../../../src/main/credentials/credentials.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import type { Destination } from '../../../src/main/share/destination.ts';
import { Nudge } from '../../../src/main/share/recovery.ts';
import { Sharing, type OpenFile, type ShareLog, type SharingPorts } from '../../../src/main/share/sharing.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import type { PartSender } from '../../../src/main/upload/ports.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';

export const NOON = Date.UTC(2026, 6, 1, 12);
export const PAIR = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canary/secret' };
export const OPTIONS = { life: { kind: 'seconds', seconds: 3_600 }, keyTemplate: '{random}/{name}' } as const;
export const PATH = '/home/ada/a.txt';

export const source: CredentialSource = {
  origin: { kind: 'account', name: 'mine' },
  resolve: () => Promise.resolve(PAIR),
  forget: () => undefined,
};
export const otherKeys: CredentialSource = {
  ...source,
  resolve: () => Promise.resolve({ ...PAIR, accessKeyId: 'AKIAOTHER' }),
};
export const TO: Destination = { bucket: 'films', endpoint: {}, source };
export const failure = (code: ErrorCode) => new SandglassError(code, `Scripted: ${code}.`);

const MD5 = createHash('md5').update('the bytes').digest();

/** Sharing over a log that writes down what it is told, and a file and a server as the test wants them. */
export function scene() {
  const time = { now: NOON };
  const file = { size: 7, stamp: 'stamp 1', closed: 0 };
  const alive = new Set<string>();
  const log = {
    add: vi.fn<ShareLog['add']>(),
    setLink: vi.fn<ShareLog['setLink']>(() => true),
    takeUp: vi.fn<ShareLog['takeUp']>(() => true),
    setUploadId: vi.fn<ShareLog['setUploadId']>(() => true),
    isOpen: vi.fn<ShareLog['isOpen']>(() => true),
    settle: vi.fn<ShareLog['settle']>(() => true),
    setPaused: vi.fn<ShareLog['setPaused']>(),
  };
  const openFile = vi.fn<SharingPorts['openFile']>(() => {
    const opened: OpenFile = {
      ...{ size: file.size, stamp: file.stamp },
      read: () => Promise.resolve(),
      md5: () => Promise.resolve(MD5.toString('base64')),
      compare: () => Promise.resolve('same'),
      reopen: () => Promise.resolve(),
      close: () => {
        file.closed++;
        return Promise.resolve();
      },
    };
    return Promise.resolve(opened);
  });
  const locate = vi.fn<SharingPorts['locator']['locate']>((bucket) =>
    Promise.resolve({ bucket, region: 'eu-west-1', pathStyle: false }),
  );
  const put = vi.fn<PartSender['put']>(() =>
    Promise.resolve({ etag: `"${MD5.toString('hex')}"`, encrypted: false }),
  );
  const sharing = new Sharing({
    ...{ log, openFile, locator: { locate, forget: () => Promise.resolve() } },
    holding: { id: 'app-0000000000000001', lives: (id) => alive.has(id) },
    clock: new ServerClock({ now: () => time.now }),
    ...line(put),
  });
  const recordIn = (call = 0): ShareRecord => log.add.mock.calls[call]![0];
  return { time, file, alive, log, openFile, locate, put, sharing, recordIn };
}

function line(put: PartSender['put']) {
  return {
    sender: { put },
    patience: { sleep: () => Promise.resolve(), random: () => 0 },
    lanes: {
      enter: () => Promise.resolve({ leave: () => undefined }),
      sent: () => undefined,
      crowded: () => undefined,
    },
    turns: { await: () => Promise.resolve(() => undefined) },
    throttle: { pass: () => Promise.resolve() },
    recovery: {
      patience: { sleep: () => Promise.resolve() },
      nudge: new Nudge(),
      now: () => 0,
      waitsFor: () => 0,
    },
  };
}
