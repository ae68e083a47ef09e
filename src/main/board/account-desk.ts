import type {
  AccountDraft,
  AccountSummary,
  CheckStepView,
  LifeChoice,
  LifePreview,
} from '../../shared/board.ts';
import { SandglassError } from '../../shared/errors.ts';
import { planExpiry } from '../../shared/expiry.ts';
import type { CredentialOrigin, CredentialSource, Credentials } from '../credentials/credentials.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Account, Settings } from '../settings/settings.ts';
import { assertPlace, assertSound } from '../settings/settings.ts';
import type { BucketCheck } from '../share/bucket-check.ts';
import { accessTo, type BucketLocator, type Destination } from '../share/destination.ts';
import type { Endpoint } from '../signing/location.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { failureOf } from './failure.ts';

export interface AccountDeskPorts {
  readonly settings: Settings;
  readonly vault: Vault;
  readonly check: BucketCheck;
  readonly locator: BucketLocator;
  readonly clock: ServerClock;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
  readonly profiles: () => Promise<readonly string[]>;
  readonly buckets: (endpoint: Endpoint, credentials: Credentials) => Promise<string[] | null>;
}

/** Where drops go, and under which keys. */
export interface DropTarget extends Destination {
  readonly prefix: string | undefined;
}

/** Connects, tests and chooses accounts. */
export class AccountDesk {
  readonly #ports: AccountDeskPorts;

  constructor(ports: AccountDeskPorts) {
    this.#ports = ports;
  }

  summaries(): AccountSummary[] {
    const { settings, vault } = this.#ports;
    return Object.entries(settings.accounts).map(([name, { keys, endpoint = null, bucket = null }]) => ({
      name,
      keysIn: keys.in === 'profile' ? 'profile' : vault.keeps,
      profile: keys.in === 'profile' ? keys.profile : null,
      endpoint,
      bucket,
    }));
  }

  /** @throws SandglassError account-unknown where none is connected or it names no bucket */
  dropTarget(): DropTarget {
    const { settings, sourceOf } = this.#ports;
    const name = settings.currentAccount;
    const account = name === null ? null : settings.account(name);
    if (name === null || account?.bucket === undefined) {
      throw new SandglassError('account-unknown', 'No bucket is connected yet.', {
        next: 'Connect one first.',
      });
    }
    return {
      source: sourceOf({ kind: 'account', name }),
      bucket: account.bucket,
      endpoint: endpointOf(account),
      prefix: account.prefix,
    };
  }

  /**
   * Asks beforehand what the first drop needs to know, so that its link is ready at once: the keys, and the region of
   * the bucket. What cannot be had now is said when a file is dropped. Never rejects.
   */
  async prepare(): Promise<void> {
    try {
      const { locator, clock } = this.#ports;
      const access = await accessTo(this.dropTarget(), locator, clock);
      // For practice: the first signature of a process takes many times as long as the second.
      await access.link('practice', { kind: 'seconds', seconds: 1 });
    } catch {
      // The drop asks again, and tells the person.
    }
  }

  /** What a link signed now would be, before anything is dropped. @throws SandglassError */
  async preview(life: LifeChoice): Promise<LifePreview> {
    const { clock } = this.#ports;
    const { sessionToken, expiration } = await this.dropTarget().source.resolve();
    const { expiresAt, requestedExpiresAt, limitedBy } = planExpiry(life, clock.now(), expiration?.getTime());
    const endUncertain = sessionToken !== undefined && expiration === undefined;
    return { expiresAt, requestedExpiresAt, limitedBy, endUncertain };
  }

  async profiles(): Promise<string[]> {
    return [...(await this.#ports.profiles())];
  }

  /** @throws SandglassError for keys that are refused and servers that do not answer */
  async buckets(draft: AccountDraft): Promise<string[] | null> {
    const account = accountOf(draft);
    assertPlace(account);
    const endpoint = endpointOf(account);
    return this.#ports.buckets(endpoint, await this.#draftSource(draft).resolve());
  }

  /** @throws SandglassError where the bucket cannot be reached at all */
  async test(draft: AccountDraft): Promise<CheckStepView[]> {
    const account = accountOf(draft);
    assertPlace(account);
    if (account.bucket === undefined) {
      throw new SandglassError('bad-usage', 'No bucket is named.', {
        next: 'Name the bucket to share from.',
      });
    }
    const destination = {
      bucket: account.bucket,
      endpoint: endpointOf(account),
      source: this.#draftSource(draft),
    };
    const steps = await this.#ports.check.run(destination, account.prefix);
    return steps.map(({ failure, ...step }) => ({ ...step, failure: failure && failureOf(failure) }));
  }

  /** Keeps the account, its keys in the vault, and shares from it from now on. @throws SandglassError */
  async connect(draft: AccountDraft): Promise<void> {
    const { settings, vault } = this.#ports;
    const account = accountOf(draft);
    settings.assertNew(draft.name);
    assertSound(draft.name, account);
    if (draft.keys.in === 'keychain') {
      const { accessKeyId, secretAccessKey } = draft.keys;
      await vault.save(draft.name, { accessKeyId, secretAccessKey });
    }
    await settings.addAccount(draft.name, account).catch(async (error: unknown) => {
      if (draft.keys.in === 'keychain') await vault.remove(draft.name);
      throw error;
    });
    await settings.choose({ currentAccount: draft.name });
    void this.prepare();
  }

  /** @throws SandglassError account-unknown */
  async select(name: string): Promise<void> {
    const { settings } = this.#ports;
    settings.account(name);
    await settings.choose({ currentAccount: name });
    void this.prepare();
  }

  /** Forgets the account and its keys. @throws SandglassError account-unknown, keychain-locked */
  async remove(name: string): Promise<void> {
    const { settings, vault } = this.#ports;
    if (settings.account(name).keys.in === 'keychain') await vault.remove(name);
    await settings.removeAccount(name);
    const [next = null] = Object.keys(settings.accounts);
    if (settings.currentAccount === null) await settings.choose({ currentAccount: next });
  }

  #draftSource({ name, keys }: AccountDraft): CredentialSource {
    if (keys.in === 'profile') return this.#ports.sourceOf({ kind: 'profile', name: keys.profile });
    const { accessKeyId, secretAccessKey } = keys;
    return {
      origin: { kind: 'account', name },
      resolve: () => Promise.resolve({ accessKeyId, secretAccessKey }),
    };
  }
}

function accountOf({ keys, endpoint, region, pathStyle, bucket, prefix }: AccountDraft): Account {
  return {
    keys: keys.in === 'profile' ? { in: 'profile', profile: keys.profile } : { in: 'keychain' },
    ...(endpoint === null ? {} : { endpoint }),
    ...(region === null ? {} : { region }),
    ...(pathStyle === null ? {} : { pathStyle }),
    ...(bucket === null ? {} : { bucket }),
    ...(prefix === null ? {} : { prefix }),
  };
}

function endpointOf({ endpoint, region, pathStyle }: Account): Endpoint {
  return {
    ...(endpoint === undefined ? {} : { url: endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(pathStyle === undefined ? {} : { pathStyle }),
  };
}
