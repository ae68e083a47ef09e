import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { asSandglassError } from '../shared/errors.ts';
import type { Rooms } from './command/context.ts';
import { EXIT } from './command/exit-codes.ts';
import { describeFailure } from './command/failures.ts';
import { runCommand } from './command/program.ts';
import {
  accountSource,
  environmentSource,
  instanceSource,
  profileSource,
} from './credentials/credential-sources.ts';
import type { CredentialOrigin, CredentialSource } from './credentials/credentials.ts';
import { History } from './history/history.ts';
import { readAwsProfiles } from './platform/aws-config.ts';
import { ConsoleTerminal } from './platform/console-terminal.ts';
import { dataFolder } from './platform/data-folder.ts';
import { DiskFile } from './platform/disk-file.ts';
import { HttpProbe } from './platform/http-probe.ts';
import { HttpSender } from './platform/http-sender.ts';
import { Keychain, leaveAtOnce } from './platform/keychain.ts';
import { systemClock, systemPatience } from './platform/system-time.ts';
import { Settings } from './settings/settings.ts';
import { BucketCheck } from './share/bucket-check.ts';
import { Links } from './share/links.ts';
import { Sharing } from './share/sharing.ts';
import { RegionFinder } from './signing/region-finder.ts';
import { s3Client } from './signing/s3-client.ts';
import { ServerClock } from './signing/server-clock.ts';

const vault = new Keychain();

async function buildRooms(): Promise<Rooms> {
  const folder = dataFolder(process.env);
  const settings = await Settings.open(folder);
  const history = History.open(join(folder, 'history.db'));
  const clock = new ServerClock(systemClock);
  const sender = new HttpSender(clock);
  const probe = new HttpProbe(clock);
  const locator = new RegionFinder(settings, (location, credentials) =>
    s3Client(location, credentials, clock),
  );
  const sourceOf = (origin: CredentialOrigin) => sourceFor(origin, settings);
  const openFile = (path: string) => DiskFile.open(path);
  return {
    settings,
    history,
    vault,
    sourceOf,
    awsProfiles: readAwsProfiles,
    sharing: new Sharing({ log: history, locator, clock, sender, patience: systemPatience, openFile }),
    links: new Links({ shelf: history, locator, clock, probe, sourceOf }),
    check: new BucketCheck({ locator, clock, sender, probe }),
    close: () => {
      history.close();
      return sender.close();
    },
  };
}

function sourceFor(origin: CredentialOrigin, settings: Settings): CredentialSource {
  switch (origin.kind) {
    case 'account': {
      const { keys } = settings.account(origin.name);
      if (keys.in === 'keychain') return accountSource(origin.name, vault, systemClock);
      return profileSource(keys.profile, systemClock, origin);
    }
    case 'profile':
      return profileSource(origin.name, systemClock);
    case 'environment':
      return environmentSource(systemClock);
    case 'instance':
      return instanceSource(process.env, systemClock);
  }
}

const terminal = new ConsoleTerminal();
// Without this Node would print the error whole, with whatever it holds.
process.on('uncaughtException', (error) => {
  terminal.say(describeFailure(asSandglassError(error)));
  process.exit(EXIT.internal);
});

let rooms: Promise<Rooms> | undefined;
const code = await runCommand(process.argv.slice(2), {
  terminal,
  env: process.env,
  clock: systemClock,
  version: manifest.version,
  openRooms: () => (rooms ??= buildRooms()),
  onInterrupt: (callback) => {
    process.once('SIGINT', callback).once('SIGTERM', callback);
    return () => process.off('SIGINT', callback).off('SIGTERM', callback);
  },
});
process.exitCode = code;
if (rooms) await rooms.then((built) => built.close()).catch(() => undefined);
if (vault.waiting) leaveAtOnce(code);
