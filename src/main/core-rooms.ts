import { basename, join } from 'node:path';
import { limitAt, type BandwidthPlan } from '../shared/bandwidth.ts';
import type { Log } from '../shared/log.ts';
import {
  accountSource,
  environmentSource,
  instanceSource,
  profileSource,
} from './credentials/credential-sources.ts';
import type { CredentialOrigin, CredentialSource } from './credentials/credentials.ts';
import { SourceShelf } from './credentials/source-shelf.ts';
import type { Vault } from './credentials/vault.ts';
import { History } from './history/history.ts';
import { Holder, type Face } from './history/holder.ts';
import { awsFilesStamp, readAwsProfiles } from './platform/aws-config.ts';
import { DiskFile } from './platform/disk-file.ts';
import { HashPool } from './platform/hash-pool.ts';
import { HttpProbe } from './platform/http-probe.ts';
import { HttpSender } from './platform/http-sender.ts';
import { LoggedSender } from './platform/logged-sender.ts';
import { steadyMs, systemClock, systemPatience } from './platform/system-time.ts';
import { Settings } from './settings/settings.ts';
import { BucketCheck } from './share/bucket-check.ts';
import { Browsing } from './share/browsing.ts';
import type { Destination } from './share/destination.ts';
import { EndOfLife } from './share/end-of-life.ts';
import { lifecycleOf } from './share/lifecycle.ts';
import { Links } from './share/links.ts';
import { Nudge, type RecoveryPorts } from './share/recovery.ts';
import { Sharing } from './share/sharing.ts';
import { SignerWatch } from './share/signer-watch.ts';
import { RegionFinder, type ClientFor } from './signing/region-finder.ts';
import { dropClientConnections, s3Client } from './signing/s3-client.ts';
import { ServerClock } from './signing/server-clock.ts';
import { Bandwidth } from './upload/bandwidth.ts';
import { BySizeTurns } from './upload/by-size-turns.ts';
import { FairLanes } from './upload/fair-lanes.ts';
import { Pace } from './upload/pace.ts';

/** What differs between the two faces. */
export interface FaceOptions {
  readonly face: Face;
  /** How long an upload waits for what failed in this way, in milliseconds. */
  readonly waitsFor: RecoveryPorts['waitsFor'];
  /** The app alone keeps one: the command says what happens while it runs. */
  readonly log?: Log;
}

/**
 * The rooms that the window and the command have in common, built and handed to each other.
 * @throws SandglassError settings-damaged, history-damaged, disk-full
 */
export async function coreRooms(folder: string, vault: Vault, { face, waitsFor, log }: FaceOptions) {
  const settings = await Settings.open(folder);
  const history = History.open(join(folder, 'history.db'));
  const holding = Holder.take(join(folder, 'running'), face);
  const clock = new ServerClock(systemClock);
  const hashPool = new HashPool();
  const sender = new HttpSender(clock);
  const probe = new HttpProbe(clock);
  const clientFor: ClientFor = (location, credentials) => s3Client(location, credentials, clock);
  const locator = new RegionFinder(settings, clientFor);
  const sources = sourceShelf(settings, vault);
  const sourceOf = (origin: CredentialOrigin) => sources.sourceOf(origin);
  const nudge = new Nudge();
  let limit: BandwidthPlan | null = null;
  const line = {
    ...{ sender: log ? new LoggedSender(sender, log, steadyMs) : sender, patience: systemPatience },
    lanes: new FairLanes(new Pace(steadyMs)),
    turns: new BySizeTurns(),
    throttle: new Bandwidth(() => limitAt(limit ?? settings.bandwidth, new Date()), steadyMs, systemPatience),
  };
  return {
    ...{ settings, history, holding, vault, clock, probe, clientFor, locator, sourceOf, nudge },
    awsProfiles: readAwsProfiles,
    sharing: new Sharing({
      ...{ ...line, log: history, holding, locator, clock },
      recovery: { patience: systemPatience, nudge, waitsFor, now: steadyMs },
      // The command says a path as it was typed.
      openFile: (path) => DiskFile.open(path, hashPool, face === 'app' ? basename(path) : path),
    }),
    links: new Links({ shelf: history, locator, clock, probe, sourceOf }),
    browsing: new Browsing({ locator, clock, clientFor }),
    signers: new SignerWatch(sourceOf, systemClock),
    endOfLife: new EndOfLife({ shelf: history, clock, sourceOf }),
    lifecycleOf: (destination: Destination) => lifecycleOf(destination, { locator, clock }),
    check: new BucketCheck({ locator, clock, sender, probe }),
    /** Holds for this process, whatever is kept in the settings. */
    limitBandwidth: (plan: BandwidthPlan) => {
      limit = plan;
    },
    dropConnections: () => {
      sender.drop();
      dropClientConnections();
    },
    close: async () => {
      holding.release();
      history.close();
      await Promise.all([sender.close(), hashPool.close()]);
    },
  };
}

function sourceShelf(settings: Settings, vault: Vault): SourceShelf {
  return new SourceShelf(
    (origin) => sourceFor(origin, settings, vault),
    (origin) => `${awsFilesStamp(process.env)} ${keysOf(origin, settings)}`,
  );
}

/** Where an account's keys lie, which a person may change. */
function keysOf(origin: CredentialOrigin, settings: Settings): string {
  return origin.kind === 'account' ? JSON.stringify(settings.accounts[origin.name]?.keys) : '';
}

function sourceFor(origin: CredentialOrigin, settings: Settings, vault: Vault): CredentialSource {
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
