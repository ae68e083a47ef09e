import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { serveRequests, type RequestHandlers } from '../../src/main/shell/request-server.ts';
import { channelOf, ipcContract, type RequestName } from '../../src/shared/ipc-contract.ts';
import { NO_LOG } from '../../src/shared/log.ts';
import { schemaOf, sound, spoilt, unbounded } from './contract-walk.ts';

/** Every channel there is: what is added to the contract is tried here without a word more. */
const names = Object.keys(ipcContract.requests) as RequestName[];

const OURS = { frame: 'ours' } as unknown as IpcMainInvokeEvent;
const FOREIGN = { frame: 'foreign' } as unknown as IpcMainInvokeEvent;

type Listener = (event: IpcMainInvokeEvent, input: unknown) => Promise<unknown>;

function served() {
  const channels = new Map<string, Listener>();
  const handled = vi.fn<(input: unknown) => string>(() => 'answered');
  const ipcMain = { handle: (channel: string, listener: Listener) => channels.set(channel, listener) };
  const handlers = Object.fromEntries(names.map((name) => [name, handled])) as unknown as RequestHandlers;
  serveRequests(ipcMain as unknown as IpcMain, (event) => event === OURS, handlers, NO_LOG);
  const ask = (name: RequestName, input: unknown, event = OURS) =>
    channels.get(channelOf(name))?.(event, input);
  return { handled, ask };
}

const REFUSED = { ok: false, failure: { code: 'bad-usage' } };

describe.each(names)('the channel %s', (name) => {
  const schema = schemaOf(ipcContract.requests[name].input);

  it('takes nothing that has no bound', () => {
    expect(unbounded(schema)).toEqual([]);
  });

  it('answers a sound input', async () => {
    const { ask, handled } = served();
    expect(await ask(name, sound(schema))).toEqual({ ok: true, value: 'answered' });
    expect(handled).toHaveBeenCalledOnce();
  });

  it('refuses a sound input of another sender', async () => {
    const { ask, handled } = served();
    expect(await ask(name, sound(schema), FOREIGN)).toMatchObject(REFUSED);
    expect(handled).not.toHaveBeenCalled();
  });

  it('refuses an input as soon as one thing in it is spoilt', async () => {
    const { ask, handled } = served();
    const inputs = spoilt(schema);
    expect(inputs.length).toBeGreaterThan(10);
    for (const { what, value } of inputs) {
      expect(await ask(name, value), what).toMatchObject(REFUSED);
      expect(handled, what).not.toHaveBeenCalled();
    }
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('what speaks to the page, or hears it,', () => {
  let sources: readonly { readonly name: string; readonly text: string }[];

  beforeAll(async () => {
    const folder = join(import.meta.dirname, '../../src');
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
    const read = async (file: string) => ({
      name: file.replaceAll('\\', '/'),
      text: await readFile(join(folder, file), 'utf8'),
    });
    sources = await Promise.all(files.map(read));
  });

  const uses = (pattern: RegExp) =>
    sources.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([use]) => `${name}: ${use}`));

  it('is the request server alone, for each request of the contract', () => {
    expect(uses(/\bipcMain\.\w+\([^,]*/g)).toEqual([
      'main/shell/request-server.ts: ipcMain.handle(channelOf(name)',
    ]);
    // Nothing else is handed ipcMain.
    expect(
      uses(/\bipcMain\b(?!\.| *,$)/gm).filter((use) => !use.startsWith('main/shell/request-server.ts')),
    ).toEqual(['main/shell/application.ts: ipcMain']);
  });

  it('is no other port, socket or message', () => {
    const other =
      /\b(MessageChannelMain|MessagePortMain|postMessage|sendSync|sendToHost|\.ipc\.(on|handle)\w*)/g;
    const allowed = uses(other).filter((use) => !/hash-pool|hash-thread/.test(use));
    expect(allowed).toEqual([]);
  });

  it('sends pushes of the contract alone', () => {
    expect(uses(/\bwebContents\.send\([^,]*/g)).toEqual([
      'main/shell/main-window.ts: webContents.send(channelOf(name)',
    ]);
  });

  it('is, in the preload, as little of Electron', () => {
    const preload = uses(/\bipcRenderer\.\w+\([^,]*/g);
    expect(new Set(preload.map((use) => use.split('(')[0]))).toEqual(
      new Set(['invoke', 'on', 'off'].map((name) => `preload/index.ts: ipcRenderer.${name}`)),
    );
    for (const use of preload) expect(use).toMatch(/\(channelOf\(/);
  });
});
