import { setFlagsFromString } from 'node:v8';
import manifest from '../../package.json' with { type: 'json' };
import { asSandglassError, type ErrorCode } from '../shared/errors.ts';
import type { Rooms } from './command/context.ts';
import { EXIT } from './command/exit-codes.ts';
import { describeFailure } from './command/failures.ts';
import { runCommand } from './command/program.ts';
import { coreRooms } from './core-rooms.ts';
import { ConsoleTerminal } from './platform/console-terminal.ts';
import { dataFolder } from './platform/data-folder.ts';
import { diagnosis } from './platform/diagnosis.ts';
import { Keychain, leaveAtOnce } from './platform/keychain.ts';
import { systemClock } from './platform/system-time.ts';

// V8 gives a process that lives long ever more room, for no gain here: 50 MiB more after 16 GiB. For what is young, what
// starting has taken is enough; what is old is looked through once it has grown by a quarter. A newer Node.js may not
// know these flags, and would say so at every call.
if (Number(process.versions.node.split('.')[0]) <= 24) {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=25');
}

const vault = new Keychain();
const terminal = new ConsoleTerminal();
// Without this Node would print the error whole, with whatever it holds.
process.on('uncaughtException', (error) => {
  terminal.say(describeFailure(asSandglassError(error)));
  process.exit(EXIT.internal);
});

/** A script waits for a network that comes back, and for nothing that takes a person's hand; milliseconds. */
const NETWORK_PATIENCE_MS = 120_000;
const NETWORK: ReadonlySet<ErrorCode> = new Set(['unreachable', 'connection-lost', 'server-busy']);
const waitsFor = ({ code }: { readonly code: ErrorCode }) => (NETWORK.has(code) ? NETWORK_PATIENCE_MS : 0);

let rooms: Promise<Rooms> | undefined;
const code = await runCommand(process.argv.slice(2), {
  terminal,
  env: process.env,
  clock: systemClock,
  version: manifest.version,
  openRooms: () => (rooms ??= coreRooms(dataFolder(process.env), vault, { face: 'command', waitsFor })),
  diagnosis: () =>
    diagnosis(dataFolder(process.env), {
      face: 'command',
      version: manifest.version,
      now: systemClock.now(),
    }),
  onInterrupt: (callback) => {
    process.once('SIGINT', callback).once('SIGTERM', callback);
    return () => process.off('SIGINT', callback).off('SIGTERM', callback);
  },
});
process.exitCode = code;
if (rooms) await rooms.then((built) => built.close()).catch(() => undefined);
if (vault.waiting) leaveAtOnce(code);
