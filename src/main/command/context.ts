import type { BandwidthPlan } from '../../shared/bandwidth.ts';
import type { Clock } from '../../shared/clock.ts';
import type { EndpointVariant } from '../../shared/endpoint-variant.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { Vault } from '../credentials/vault.ts';
import type { History } from '../history/history.ts';
import type { Settings } from '../settings/settings.ts';
import type { BucketCheck } from '../share/bucket-check.ts';
import type { Browsing } from '../share/browsing.ts';
import type { Destination } from '../share/destination.ts';
import type { EndOfLife } from '../share/end-of-life.ts';
import type { LifecycleRules } from '../share/lifecycle.ts';
import type { Links } from '../share/links.ts';
import type { Holding, Sharing } from '../share/sharing.ts';
import type { Terminal } from './terminal.ts';

/** What ~/.aws and the environment say beside the keys. */
export interface AwsConfig {
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly pathStyle?: boolean;
  readonly variants?: readonly EndpointVariant[];
}

/** The rooms, built once a command needs them: `inspect` opens no database. */
export interface Rooms {
  readonly settings: Settings;
  readonly history: History;
  readonly sharing: Sharing;
  readonly links: Links;
  readonly browsing: Browsing;
  readonly endOfLife: EndOfLife;
  readonly lifecycleOf: (destination: Destination) => Promise<LifecycleRules>;
  readonly check: BucketCheck;
  readonly vault: Vault;
  readonly holding: Holding;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
  /** The profiles of ~/.aws by name. */
  readonly awsProfiles: () => Promise<Readonly<Record<string, AwsConfig>>>;
  /** Holds for this call, whatever is kept in the settings. */
  limitBandwidth(plan: BandwidthPlan): void;
  close(): Promise<void>;
}

export interface CommandContext {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly version: string;
  /** @throws SandglassError settings-damaged, history-damaged, disk-full */
  readonly openRooms: () => Promise<Rooms>;
  /** What a report of a fault needs, as Markdown; it holds no key, no link and no name. */
  readonly diagnosis: () => Promise<string>;
  /** Calls back at Ctrl-C; the function it gives ends that. */
  readonly onInterrupt: (callback: () => void) => () => void;
}
