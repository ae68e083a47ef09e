import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelOf, ipcContract, type Bridge, type PushName } from '../../src/shared/ipc-contract.ts';
import { requestNames, soundInputs } from '../unit/shell/contract-inputs.ts';

type Hear = (event: { secret: string }, push: unknown) => void;

const electron = vi.hoisted(() => ({
  worlds: [] as [string, unknown][],
  invoke: vi.fn<(channel: string, input: unknown) => Promise<unknown>>(),
  listeners: new Map<string, Set<Hear>>(),
  paths: new Map<unknown, string>(),
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => electron.worlds.push([name, api]),
  },
  ipcRenderer: {
    invoke: electron.invoke,
    on: (channel: string, hear: Hear) =>
      electron.listeners.set(channel, (electron.listeners.get(channel) ?? new Set()).add(hear)),
    off: (channel: string, hear: Hear) => electron.listeners.get(channel)?.delete(hear),
  },
  webUtils: { getPathForFile: (file: unknown) => electron.paths.get(file) ?? '' },
}));

const pushNames = Object.keys(ipcContract.pushes) as PushName[];
const listenerOf = (name: PushName) => `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;

let bridge: Bridge;
let functions: Readonly<Record<string, (input: unknown) => unknown>>;

beforeAll(async () => {
  await import('../../src/preload/index.ts');
  bridge = electron.worlds[0]?.[1] as Bridge;
  functions = electron.worlds[0]?.[1] as typeof functions;
});

beforeEach(() => {
  electron.invoke.mockReset().mockResolvedValue({ ok: true, value: null });
  electron.listeners.clear();
});

const tell = (name: PushName, push: unknown) => {
  for (const hear of electron.listeners.get(channelOf(name)) ?? []) hear({ secret: 'event' }, push);
};

describe('the bridge', () => {
  it('is all that the page is given, and holds the contract’s functions alone', () => {
    expect(electron.worlds.map(([name]) => name)).toEqual(['sandglass']);
    expect(Object.keys(bridge).sort()).toEqual([...requestNames, ...pushNames.map(listenerOf)].sort());
  });

  it.each(requestNames.filter((name) => name !== 'offerFiles'))(
    'asks %s on its own channel, and hands back the answer',
    async (name) => {
      expect(await functions[name]?.(soundInputs[name])).toEqual({ ok: true, value: null });
      expect(electron.invoke.mock.calls).toEqual([[channelOf(name), soundInputs[name]]]);
    },
  );

  it.each(pushNames)('hands on each push of %s, and nothing of its event, until that is ended', (name) => {
    const heard = vi.fn<(...given: unknown[]) => void>();
    const end = functions[listenerOf(name)]?.(heard) as () => void;
    tell(name, { push: 1 });
    expect(heard.mock.calls).toEqual([[{ push: 1 }]]);
    end();
    tell(name, { push: 2 });
    expect(heard).toHaveBeenCalledOnce();
  });

  it('ends one listener and leaves the others', () => {
    const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const end = bridge.onSharesListed(first);
    bridge.onSharesListed(second);
    end();
    tell('sharesListed', {});
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  });

  it('offers the files that the system knows a path of, and hands their paths to main alone', async () => {
    const [dropped, made] = [new File(['x'], 'a.txt'), new File(['y'], 'made-by-the-page.txt')];
    electron.paths.set(dropped, '/home/ada/a.txt');
    const answer = await bridge.offerFiles([made, dropped]);
    expect(electron.invoke.mock.calls).toEqual([[channelOf('offerFiles'), { paths: ['/home/ada/a.txt'] }]]);
    expect(JSON.stringify(answer)).not.toContain('/home');
  });

  it('takes no path from the page', async () => {
    const forged = { name: 'passwd', path: '/etc/passwd' } as unknown as File;
    await bridge.offerFiles([forged]);
    expect(JSON.stringify(electron.invoke.mock.calls)).not.toContain('passwd');
  });
});
