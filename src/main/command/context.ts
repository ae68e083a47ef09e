import type { Clock } from '../../shared/clock.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { Vault } from '../credentials/vault.ts';
import type { History } from '../history/history.ts';
import type { Settings } from '../settings/settings.ts';
import type { BucketCheck } from '../share/bucket-check.ts';
import type { Links } from '../share/links.ts';
import type { Sharing } from '../share/sharing.ts';
import type { Terminal } from './terminal.ts';

/** What ~/.aws and the environment say beside the keys. */
export interface AwsConfig {
  readonly region?: string;
  readonly endpointUrl?: string;
}

/** The rooms, built once a command needs them: `inspect` opens no database. */
export interface Rooms {
  readonly settings: Settings;
  readonly history: History;
  readonly sharing: Sharing;
  readonly links: Links;
  readonly check: BucketCheck;
  readonly vault: Vault;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
  /** The profiles of ~/.aws by name. */
  readonly awsProfiles: () => Promise<Readonly<Record<string, AwsConfig>>>;
  close(): Promise<void>;
}

export interface CommandContext {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly version: string;
  /** @throws SandglassError settings-damaged, history-damaged, disk-full */
  readonly openRooms: () => Promise<Rooms>;
  /** Calls back at Ctrl-C; the function it gives ends that. */
  readonly onInterrupt: (callback: () => void) => () => void;
}
