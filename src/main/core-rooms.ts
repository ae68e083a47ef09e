import { join } from 'node:path';
import {
  accountSource,
  environmentSource,
  instanceSource,
  profileSource,
} from './credentials/credential-sources.ts';
import type { CredentialOrigin, CredentialSource } from './credentials/credentials.ts';
import type { Vault } from './credentials/vault.ts';
import { History } from './history/history.ts';
import { readAwsProfiles } from './platform/aws-config.ts';
import { DiskFile } from './platform/disk-file.ts';
import { HttpProbe } from './platform/http-probe.ts';
import { HttpSender } from './platform/http-sender.ts';
import { systemClock, systemPatience } from './platform/system-time.ts';
import { Settings } from './settings/settings.ts';
import { BucketCheck } from './share/bucket-check.ts';
import { Links } from './share/links.ts';
import { Sharing } from './share/sharing.ts';
import { RegionFinder, type ClientFor } from './signing/region-finder.ts';
import { s3Client } from './signing/s3-client.ts';
import { ServerClock } from './signing/server-clock.ts';

/**
 * The rooms that the window and the command have in common, built and handed to each other.
 * @throws SandglassError settings-damaged, history-damaged, disk-full
 */
export async function coreRooms(folder: string, vault: Vault) {
  const settings = await Settings.open(folder);
  const history = History.open(join(folder, 'history.db'));
  const clock = new ServerClock(systemClock);
  const sender = new HttpSender(clock);
  const probe = new HttpProbe(clock);
  const clientFor: ClientFor = (location, credentials) => s3Client(location, credentials, clock);
  const locator = new RegionFinder(settings, clientFor);
  const sourceOf = (origin: CredentialOrigin) => sourceFor(origin, settings, vault);
  const openFile = (path: string) => DiskFile.open(path);
  return {
    ...{ settings, history, vault, clock, probe, clientFor, locator, sourceOf },
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
