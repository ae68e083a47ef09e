import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { FileShelf } from '../../src/main/board/file-shelf.ts';
import { boardRooms } from '../../src/main/board-rooms.ts';
import type { Later } from '../../src/main/board/push-throttle.ts';
import { coreRooms } from '../../src/main/core-rooms.ts';
import { MemoryVault } from '../../src/main/credentials/memory-vault.ts';
import { boardOf } from '../../src/main/shell/board-view.ts';
import { serveRequests } from '../../src/main/shell/request-server.ts';
import { requestHandlers } from '../../src/main/shell/requests.ts';
import { SandglassError } from '../../src/shared/errors.ts';
import type { Answer, RequestName } from '../../src/shared/ipc-contract.ts';
import { channelOf } from '../../src/shared/ipc-contract.ts';
import { NO_LOG } from '../../src/shared/log.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { recordOf } from '../unit/board/records.ts';
import type { Hints } from './fuzzed-inputs.ts';

type Listener = (event: IpcMainInvokeEvent, input: unknown) => Promise<Answer<unknown>>;

/** Like nothing else, so that a single trace of it in an answer is a leak. */
export const CANARY = 'canarySECRETcanarySECRETcanarySECRETcana';

/** Each change of the settings waits for the disk; a folder in memory does not let it wait. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const IDS = Array.from({ length: 8 }, (_, place) => place.toString(16).padStart(10, 'a'));
const STATUSES = [
  'live',
  'failed',
  'interrupted',
  'cancelled',
  'revoked',
  'uploading',
  'gone',
  'live',
] as const;

export interface FuzzedRooms {
  readonly folder: string;
  readonly hints: Hints;
  /** Asks as the window does: what is sent is cloned on its way, and so is the answer. */
  ask(name: RequestName, input: unknown): Promise<unknown>;
  /** From now on every sound input reaches the rooms. */
  openUp(): void;
  /** How many inputs were sound. */
  readonly reached: () => number;
  close(): Promise<void>;
}

/** No connection leaves this process but those to servers of the test itself. */
export function keepOffline(): () => void {
  const connect = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect')?.value as Socket['connect'];
  const local = function (this: Socket, ...given: [unknown]): Socket {
    const [options] = given.flat() as { readonly host?: string | null; readonly hostname?: string }[];
    const host = options?.host ?? options?.hostname;
    if (host === '127.0.0.1') return connect.apply(this, given as unknown as Parameters<Socket['connect']>);
    process.nextTick(() => this.destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })));
    return this;
  };
  Socket.prototype.connect = local;
  return () => {
    Socket.prototype.connect = connect;
  };
}

/**
 * The request server over the real rooms, in a folder and with a bucket of their own.
 * @param most so many sound inputs reach the rooms; those that follow are refused behind the server’s door
 */
export async function openRooms(home: string, most: number): Promise<FuzzedRooms> {
  const folder = await mkdtemp(join(MEMORY, 'sandglass-fuzzed-'));
  const server = await startTemporaryBucket({ buckets: ['drops'] });
  const core = await coreRooms(folder, new MemoryVault(), { face: 'app', waitsFor: () => 0 });
  const { handlers, board } = roomsOver(core);
  const listeners = new Map<string, Listener>();
  let [reached, quota] = [0, Infinity];
  const counted = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      (input: never) => {
        reached += 1;
        if (reached > quota) throw new SandglassError('cancelled', 'Enough of these.');
        return (handle as (input: never) => unknown)(input);
      },
    ]),
  ) as unknown as typeof handlers;
  const ipcMain = { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) };
  serveRequests(ipcMain as unknown as IpcMain, () => true, counted, NO_LOG);
  const ask = async (name: RequestName, input: unknown): Promise<unknown> =>
    structuredClone(await listeners.get(channelOf(name))?.({} as IpcMainInvokeEvent, structuredClone(input)));
  for (const [place, id] of IDS.entries()) {
    const location = { bucket: 'drops', region: 'us-east-1', endpoint: server.endpoint, pathStyle: true };
    const path = join(home, place % 2 ? 'absent' : '.', `${place}.txt`);
    const status = STATUSES[place] ?? 'live';
    core.history.add(recordOf(id, { status, location, path, signedAt: Date.now(), sharedAt: Date.now() }));
  }
  const hints = await hintsFor(home, server, board.files);
  const { accessKeyId, secretAccessKey } = server;
  const keys = { in: 'keychain', accessKeyId, secretAccessKey };
  const draft = {
    name: 'mine',
    keys,
    endpoint: server.endpoint,
    region: null,
    pathStyle: true,
    bucket: 'drops',
    prefix: null,
  };
  await ask('connectAccount', { draft });
  const shared = await sharedIds(ask, hints.fileIds?.slice(0, 3) ?? []);
  [reached, quota] = [0, most];
  return {
    ...{ folder, hints: { ...hints, id: [...IDS, ...shared] }, ask, reached: () => reached },
    openUp: () => {
      quota = Infinity;
    },
    close: async () => {
      await board.shares.interruptAll();
      await board.close();
      await server.close();
      await rm(folder, { recursive: true, maxRetries: 5 });
    },
  };
}

/** Real shares and invitations, made as the window makes them. */
async function sharedIds(ask: FuzzedRooms['ask'], fileIds: readonly unknown[]): Promise<string[]> {
  const life = { kind: 'seconds', seconds: 3_600 };
  const invitation = { place: null, contentType: null, life, linkLife: life };
  const answers = [
    await ask('startShares', { fileIds, life }),
    await ask('inviteByLink', { ...invitation, name: 'in/note.txt', overwrite: false }),
    await ask('inviteByForm', { ...invitation, folder: 'in', minBytes: 0, maxBytes: null }),
  ];
  const ids = answers.flatMap((answer) => (answer as { value: { row: { id: string } } }).value);
  return ids.map(({ row }) => row.id);
}

function roomsOver(core: Awaited<ReturnType<typeof coreRooms>>) {
  const copied = { text: '' };
  const clipboard = {
    readText: () => Promise.resolve(copied.text),
    writeText: (text: string) => Promise.resolve(void (copied.text = text)),
  };
  const board = boardRooms(core, { clipboard, later });
  const login = { on: false };
  const loginStart = { isOn: () => login.on, set: (on: boolean) => void (login.on = on) };
  const handlers = requestHandlers({
    ...{ ...core, ...board, loginStart },
    readBoard: () => boardOf({ ...core, accounts: board.accounts, loginStart, waitingFiles: 0 }),
    changed: () => undefined,
    setShortcut: (accelerator) => accelerator === null || /^[\w+]+$/.test(accelerator),
  });
  return { handlers, board };
}

const later: Later = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => {
    clearTimeout(timer);
  };
};

type Server = Awaited<ReturnType<typeof startTemporaryBucket>>;

async function hintsFor(home: string, server: Server, files: FileShelf): Promise<Hints> {
  const paths = Array.from({ length: 60 }, (_, place) => join(home, `${place}.txt`));
  await mkdir(home, { recursive: true });
  await Promise.all(paths.map((path) => writeFile(path, path)));
  const offered = await files.offer(paths);
  return {
    id: IDS,
    fileIds: offered.flatMap((file) => (file.kind === 'file' ? file.fileId : [])),
    paths: [...paths.slice(0, 5), home, join(home, 'absent.txt')],
    name: ['mine', 'another', 'note.txt', 'in/note.txt'],
    bucket: ['drops', 'drops', 'absent-bucket'],
    prefix: ['', 'in/'],
    folder: ['', 'in'],
    key: ['0.txt', 'in/note.txt'],
    endpoint: [server.endpoint, server.endpoint, 'https://s3.example.org'],
    region: ['us-east-1', 'eu-west-1'],
    profile: ['test', 'absent'],
    accessKeyId: [server.accessKeyId],
    secretAccessKey: [server.secretAccessKey, CANARY],
    bandwidth: ['off', '512k', '08:00,512k 19:00,off'],
    globalShortcut: ['Ctrl+Shift+S'],
    contentType: ['image/*', 'text/plain'],
    search: ['', 'txt', 'é'],
  };
}
