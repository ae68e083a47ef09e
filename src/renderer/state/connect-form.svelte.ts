import type { AccountDraft, CheckStepView, Provider } from '../../shared/board.ts';
import { ENDPOINT_VARIANTS, type EndpointVariant } from '../../shared/endpoint-variant.ts';
import type { Bridge } from '../bridge.ts';
import { connectionTo, PROVIDER_FIELDS } from '../model/endpoint-presets.ts';
import { words } from '../words.ts';
import type { Toasts } from './toasts.svelte.ts';

export type Errand = 'buckets' | 'test' | 'connect';

/**
 * What has been typed of an account that is being connected: all but the secret. That stays in its field, which is
 * read when a request is made and emptied when the account is connected.
 */
export class ConnectForm {
  provider = $state<Provider>('aws');
  keysIn = $state<'keychain' | 'profile'>('keychain');
  profiles = $state.raw<readonly string[]>([]);
  profile = $state('');
  accessKeyId = $state('');
  accountId = $state('');
  region = $state('');
  endpoint = $state('');
  pathStyle = $state(true);
  /** How Amazon S3 is reached, where not by its plain endpoints. */
  variants = $state.raw<readonly EndpointVariant[]>([]);
  bucket = $state('');
  prefix = $state('');
  typedName = $state<string | null>(null);
  /** What main is busy with; the next errand waits for its end. */
  busy = $state<Errand | null>(null);
  steps = $state.raw<readonly CheckStepView[]>([]);
  /** Null where the keys may not list them, undefined while nobody has asked. */
  buckets = $state.raw<readonly string[] | null | undefined>(undefined);
  readonly fields = $derived(PROVIDER_FIELDS[this.provider]);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /** Forgets what was typed, for the next account. */
  clear(): void {
    const blank = { accessKeyId: '', accountId: '', region: '', endpoint: '', bucket: '', prefix: '' };
    const first = { provider: 'aws', keysIn: 'keychain', pathStyle: true, variants: [], typedName: null };
    Object.assign(this, { ...blank, ...first });
    this.forget();
  }

  /** As typed, or else after the bucket. */
  get name(): string {
    return this.typedName ?? (this.bucket.trim() || words.connect.providers[this.provider]).slice(0, 64);
  }

  async readProfiles(): Promise<void> {
    const profiles = await this.#toasts.unwrap(this.#bridge.listProfiles({}));
    this.profiles = profiles ?? [];
    if (!this.profiles.includes(this.profile)) this.profile = this.profiles[0] ?? '';
  }

  choose(provider: Provider): void {
    this.provider = provider;
    this.region = '';
    this.forget();
  }

  /** What was tried with other words than those that stand there now says nothing. */
  forget(): void {
    this.steps = [];
    this.buckets = undefined;
  }

  /** Chooses or leaves a way of reaching Amazon S3. */
  reach(variant: EndpointVariant, chosen: boolean): void {
    this.variants = ENDPOINT_VARIANTS.filter((one) =>
      one === variant ? chosen : this.variants.includes(one),
    );
    this.forget();
  }

  /** What else cannot be had together hangs on the bucket, and is told when that is asked. */
  get variantsClash(): boolean {
    return this.#isAws && this.variants.includes('fips') && this.variants.includes('accelerate');
  }

  async findBuckets(secret: string): Promise<void> {
    await this.#run('buckets', async () => {
      const draft = { ...this.draft(secret), bucket: null };
      this.buckets = await this.#toasts.unwrap(this.#bridge.listBuckets({ draft }));
      if (this.bucket === '' && this.buckets?.length === 1) this.bucket = this.buckets[0] ?? '';
    });
  }

  async test(secret: string): Promise<void> {
    await this.#run('test', async () => {
      this.steps = [];
      this.steps = (await this.#toasts.unwrap(this.#bridge.testAccount({ draft: this.draft(secret) }))) ?? [];
    });
  }

  /** @returns whether it is connected; where it is not, why has been told */
  async connect(secret: string): Promise<boolean> {
    let isConnected = false;
    await this.#run('connect', async () => {
      const { name } = this;
      const answer = await this.#toasts.unwrap(this.#bridge.connectAccount({ draft: this.draft(secret) }));
      isConnected = answer !== undefined;
      if (!isConnected) return;
      this.clear();
      this.#toasts.note(words.told.connected(name));
    });
    return isConnected;
  }

  draft(secret: string): AccountDraft {
    const { provider, accountId, region, endpoint, pathStyle } = this;
    return {
      name: this.name.trim(),
      keys:
        this.keysIn === 'profile'
          ? { in: 'profile', profile: this.profile }
          : { in: 'keychain', accessKeyId: this.accessKeyId.trim(), secretAccessKey: secret.trim() },
      ...connectionTo(provider, { accountId, region, endpoint, pathStyle }),
      bucket: this.bucket.trim() || null,
      prefix: this.prefix.trim() || null,
      ...(this.#isAws && this.variants.length > 0 ? { variants: [...this.variants] } : {}),
    };
  }

  get #isAws(): boolean {
    return this.provider === 'aws';
  }

  async #run(errand: Errand, work: () => Promise<void>): Promise<void> {
    if (this.busy !== null) return;
    this.busy = errand;
    try {
      await work();
    } finally {
      this.busy = null;
    }
  }
}
