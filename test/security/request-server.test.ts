import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { serveRequests, type RequestHandlers } from '../../src/main/shell/request-server.ts';
import { SandglassError } from '../../src/shared/errors.ts';
import { logLine, type Log } from '../../src/shared/log.ts';
import { channelOf, type RequestName } from '../../src/shared/ipc-contract.ts';
import { draft, requestNames, soundInputs } from '../unit/shell/contract-inputs.ts';

type Listener = (event: IpcMainInvokeEvent, ...input: unknown[]) => unknown;

const OURS = { frame: 'ours' } as unknown as IpcMainInvokeEvent;

function scene(answer: (input: unknown) => unknown = () => null) {
  const channels = new Map<string, Listener>();
  const ipcMain: Pick<IpcMain, 'handle'> = {
    handle: (channel, listener) => {
      if (channels.has(channel)) throw new Error(`${channel} has a handler already.`);
      channels.set(channel, listener);
    },
  };
  const handled = vi.fn(answer);
  const handlers = Object.fromEntries(requestNames.map((name) => [name, handled]));
  const lines: string[] = [];
  const log: Log = { write: (...given) => void lines.push(logLine(0, ...given).slice(25)) };
  const isOurs = (event: IpcMainInvokeEvent) => event === OURS;
  serveRequests(ipcMain as IpcMain, isOurs, handlers as unknown as RequestHandlers, log);
  const ask = (name: RequestName, input?: unknown) =>
    Promise.resolve(channels.get(channelOf(name))?.(OURS, input));
  return { channels, handled, ask, lines };
}

const refusal = {
  ok: false,
  failure: expect.objectContaining({ code: 'bad-usage', requestId: null }) as unknown,
};

/** As JSON and the structured clone bring it: a property of its own, which spreading would not make. */
const withPrototype = (input: object) =>
  Object.defineProperty({ ...input }, '__proto__', { value: { polluted: true }, enumerable: true });

describe('the request server', () => {
  it('answers every request of the contract, and no other', () => {
    expect([...scene().channels.keys()].sort()).toEqual(requestNames.map(channelOf).sort());
  });
});

describe('an input that makes no sense', () => {
  const page = soundInputs.readShares;
  const { life } = soundInputs.previewLife;
  const { id } = soundInputs.copyShare;
  it.each<readonly [RequestName, string, unknown]>([
    ['readShares', 'NaN', { ...page, offset: NaN }],
    ['readShares', 'an endless number', { ...page, offset: Infinity }],
    ['readShares', 'a number below zero', { ...page, offset: -1 }],
    ['readShares', 'a fraction', { ...page, limit: 1.5 }],
    ['readShares', 'no rows at all', { ...page, limit: 0 }],
    ['readShares', 'too many rows', { ...page, limit: 201 }],
    ['readShares', 'a text in place of a number', { ...page, limit: '50' }],
    ['readShares', 'too long a text', { ...page, search: 'x'.repeat(201) }],
    ['offerFiles', 'no path', { paths: [] }],
    ['offerFiles', 'an empty path', { paths: [''] }],
    ['offerFiles', 'too many paths', { paths: Array.from({ length: 1_001 }, () => '/a') }],
    ['offerFiles', 'too long a path', { paths: ['x'.repeat(32_769)] }],
    ['offerFiles', 'an object in place of a list', { paths: { 0: '/a', length: 1 } }],
    ['startShares', 'an id that is none', { fileIds: ['/etc/passwd'], life }],
    ['startShares', 'no id', { fileIds: [], life }],
    ['copyShare', 'part of an id', { id: id.slice(1) }],
    ['copyShare', 'an id in capitals', { id: id.toUpperCase() }],
    ['copyShare', 'an id with a line after it', { id: `${id}\n` }],
    ['extendShare', 'a life beyond seven days', { id, life: { kind: 'seconds', seconds: 604_801 } }],
    ['previewLife', 'no life at all', { life: { kind: 'seconds', seconds: 0 } }],
    ['previewLife', 'a life that is no number', { life: { kind: 'seconds', seconds: NaN } }],
    ['previewLife', 'a life of no kind', { life: { kind: 'forever' } }],
    ['chooseLife', 'a life with more in it', { life: { ...life, other: 1 } }],
    ['chooseLife', 'a life with a prototype', { life: withPrototype(life) }],
    ['connectAccount', 'keys of no kind', { draft: { ...draft, keys: { in: 'file' } } }],
    ['connectAccount', 'keys with more in them', { draft: { ...draft, keys: { ...draft.keys, x: 1 } } }],
    ['connectAccount', 'keys in a list', { draft: { ...draft, keys: [draft.keys] } }],
    ['connectAccount', 'too long a name', { draft: { ...draft, name: 'x'.repeat(65) } }],
    ['connectAccount', 'too long an endpoint', { draft: { ...draft, endpoint: 'x'.repeat(513) } }],
    ['selectAccount', 'no name', { name: '' }],
    ['changePreferences', 'a number for yes', { launchAtLogin: 1, globalShortcut: null }],
    ['changePreferences', 'too long a text', { launchAtLogin: true, globalShortcut: 'x'.repeat(65) }],
  ])('of %s is refused: %s', async (name, _what, input) => {
    const { ask, handled } = scene();
    expect(await ask(name, input)).toEqual(refusal);
    expect(handled).not.toHaveBeenCalled();
  });

  it('leaves nothing of it in the answer', async () => {
    const { ask } = scene();
    const keys = { in: 'keychain', accessKeyId: 'AKIACANARY', secretAccessKey: 7 };
    expect(JSON.stringify(await ask('connectAccount', { draft: { ...draft, keys } }))).not.toContain(
      'CANARY',
    );
  });
});

describe('a handler that fails', () => {
  const SANDGLASS = new SandglassError('access-denied', 'You may not.', {
    ...{ next: 'Ask for s3:PutObject.', requestId: 'TX1', retryable: true },
    cause: new Error('secret cause'),
  });

  it.each([
    [
      'at once',
      (error: Error) => () => {
        throw error;
      },
    ],
    ['later', (error: Error) => () => Promise.reject(error)],
  ])('answers with code, message, next step and request id alone (%s)', async (_when, failing) => {
    expect(await scene(failing(SANDGLASS)).ask('listProfiles', {})).toEqual({
      ok: false,
      failure: {
        ...{ code: 'access-denied', message: 'You may not.' },
        ...{ next: 'Ask for s3:PutObject.', requestId: 'TX1' },
      },
    });
  });

  it.each([
    ['an error', new TypeError('secret in /home/ada/.aws/credentials')],
    ['a text', 'secret'],
    ['nothing', undefined],
  ])('with %s answers `internal`, and nothing that was said', async (_what, thrown) => {
    const failing = Promise.withResolvers<never>();
    failing.reject(thrown);
    const answer = await scene(() => failing.promise).ask('listProfiles', {});
    expect(answer).toMatchObject({ ok: false, failure: { code: 'internal', requestId: null } });
    expect(JSON.stringify(answer)).not.toMatch(/secret|ada|stack|cause/);
  });

  it('is written down, scrubbed, where nobody expected it', async () => {
    const error = Object.assign(new TypeError('open /home/ada/canary'), { code: 'ENOENT', stack: '' });
    const { ask, lines } = scene(() => Promise.reject(error));
    await ask('listProfiles', {});
    expect(lines).toEqual([
      'error request broke channel=listProfiles name=TypeError code=ENOENT said=open /…',
    ]);
  });

  it('is not written down where its words tell what happened', async () => {
    const { ask, lines } = scene(() => Promise.reject(SANDGLASS));
    await ask('listProfiles', {});
    expect(lines).toEqual([]);
  });
});
