import { isDeepStrictEqual } from 'node:util';
import type {
  AccountDraft,
  AccountSummary,
  CheckStepView,
  LifeChoice,
  LifePreview,
} from '../../shared/board.ts';
import type { DropPlace } from '../../shared/bucket-view.ts';
import { ENDPOINT_VARIANTS } from '../../shared/endpoint-variant.ts';
import { SandglassError } from '../../shared/errors.ts';
import { planExpiry } from '../../shared/expiry.ts';
import type { CredentialOrigin, CredentialSource, Credentials } from '../credentials/credentials.ts';
import { soundKeyPair, type KeyPair, type Vault } from '../credentials/vault.ts';
import type { Account, Settings } from '../settings/settings.ts';
import { assertSound } from '../settings/settings.ts';
import { assertReachableAccount, endpointOf } from '../share/account-place.ts';
import type { BucketCheck } from '../share/bucket-check.ts';
import { accessTo, type BucketLocator, type Destination } from '../share/destination.ts';
import { BucketObject } from '../signing/bucket-object.ts';
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

type Reached = Omit<DropTarget, 'bucket'> & { readonly bucket: string | undefined };

/** There is no such object, and none is made. */
const PRACTICE_KEY = 'sandglass-practice';

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

  /**
   * @param place instead of the account's own bucket and folder
   * @throws SandglassError account-unknown where none is connected or it names no bucket
   */
  dropTarget(place?: DropPlace): DropTarget {
    const { bucket, prefix, ...reached } = this.#current();
    const target = place ?? { bucket, prefix };
    if (target.bucket === undefined) throw noneConnected();
    return { ...reached, bucket: target.bucket, prefix: target.prefix };
  }

  /** The buckets that the current account's keys may list; null where they may not. @throws SandglassError */
  async ownBuckets(): Promise<string[] | null> {
    const { endpoint, source } = this.#current();
    return this.#ports.buckets(endpoint, await source.resolve());
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
      await access.link(PRACTICE_KEY, { kind: 'seconds', seconds: 1 });
      // Any answer tells the server's time, by which the link is signed.
      await new BucketObject(() => access.client(), access.location.bucket, PRACTICE_KEY).head();
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
    assertReachableAccount(account);
    const endpoint = endpointOf(account);
    return this.#ports.buckets(endpoint, await this.#draftSource(draft).resolve());
  }

  /** @throws SandglassError where the bucket cannot be reached at all */
  async test(draft: AccountDraft): Promise<CheckStepView[]> {
    const account = accountOf(draft);
    assertReachableAccount(account);
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

  /**
   * Keeps the account, its keys in the vault, and shares from it from now on. An account of that name and place whose
   * keys are gone, as after a restart without a keychain, gets these. @throws SandglassError
   */
  async connect(draft: AccountDraft): Promise<void> {
    const { settings, vault } = this.#ports;
    const account = accountOf(draft);
    if (draft.keys.in === 'keychain' && (await this.#lostItsKeys(draft.name, account))) {
      await this.renewKeys(draft.name, draft.keys);
      await this.select(draft.name);
      return;
    }
    settings.assertNew(draft.name);
    assertSound(draft.name, account);
    assertReachableAccount(account);
    if (draft.keys.in === 'keychain') {
      await vault.save(draft.name, soundKeyPair(draft.keys));
    }
    await settings.addAccount(draft.name, account).catch(async (error: unknown) => {
      if (draft.keys.in === 'keychain') await vault.remove(draft.name);
      throw error;
    });
    await settings.choose({ currentAccount: draft.name });
    void this.prepare();
  }

  /**
   * Puts another key pair in the place of an account's own.
   * @throws SandglassError account-unknown, keychain-locked, bad-usage where a profile gives the keys
   */
  async renewKeys(name: string, pair: KeyPair): Promise<void> {
    const { settings, vault } = this.#ports;
    if (settings.account(name).keys.in === 'profile') {
      throw new SandglassError('bad-usage', `The keys of “${name}” come from a profile of this computer.`, {
        next: 'Change them in ~/.aws.',
      });
    }
    await vault.save(name, soundKeyPair(pair));
    if (settings.currentAccount === name) void this.prepare();
  }

  /** Looks whether there is a keychain, so that the window can say where new keys would be kept. Never rejects. */
  async probeVault(): Promise<void> {
    // No account has a name that begins so. What stands in the way is told when keys are kept.
    await this.#ports.vault.read('.probe').catch(() => undefined);
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

  async #lostItsKeys(name: string, account: Account): Promise<boolean> {
    const { settings, vault } = this.#ports;
    if (!Object.hasOwn(settings.accounts, name) || !isDeepStrictEqual(settings.account(name), account))
      return false;
    return (await vault.read(name)) === null;
  }

  #current(): Reached {
    const { settings, sourceOf } = this.#ports;
    const name = settings.currentAccount;
    if (name === null) throw noneConnected();
    const account = settings.account(name);
    const { bucket, prefix } = account;
    return { source: sourceOf({ kind: 'account', name }), endpoint: endpointOf(account), bucket, prefix };
  }

  #draftSource({ name, keys }: AccountDraft): CredentialSource {
    if (keys.in === 'profile') return this.#ports.sourceOf({ kind: 'profile', name: keys.profile });
    const pair = soundKeyPair(keys);
    return {
      origin: { kind: 'account', name },
      resolve: () => Promise.resolve(pair),
      forget: () => undefined,
    };
  }
}

function noneConnected(): SandglassError {
  return new SandglassError('account-unknown', 'No bucket is connected yet.', { next: 'Connect one first.' });
}

function accountOf({ keys, endpoint, region, pathStyle, variants, bucket, prefix }: AccountDraft): Account {
  const chosen = ENDPOINT_VARIANTS.filter((variant) => variants?.includes(variant));
  return {
    keys: keys.in === 'profile' ? { in: 'profile', profile: keys.profile } : { in: 'keychain' },
    ...(endpoint === null ? {} : { endpoint }),
    ...(region === null ? {} : { region }),
    ...(pathStyle === null ? {} : { pathStyle }),
    ...(chosen.length === 0 ? {} : { variants: chosen }),
    ...(bucket === null ? {} : { bucket }),
    ...(prefix === null ? {} : { prefix }),
  };
}
