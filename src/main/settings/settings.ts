import { join } from 'node:path';
import { z } from 'zod';
import type { BandwidthPlan } from '../../shared/bandwidth.ts';
import { ENDPOINT_VARIANTS } from '../../shared/endpoint-variant.ts';
import { SandglassError } from '../../shared/errors.ts';
import { life, type LifeChoice } from '../../shared/board.ts';
import { DEFAULT_KEY_TEMPLATE } from '../../shared/share.ts';
import { LANGUAGE_CHOICES, type LanguageChoice } from '../../shared/words/language.ts';
import { damaged, fileText, locked, writeText } from './settings-file.ts';

/** All about an account but its keys, which lie in the keychain, or in ~/.aws where it names a profile. */
const account = z.strictObject({
  keys: z.discriminatedUnion('in', [
    z.strictObject({ in: z.literal('keychain') }),
    z.strictObject({ in: z.literal('profile'), profile: z.string().min(1) }),
  ]),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/\/\/[^/]*@|\?/.test(url), 'without user, password or query')
    .optional(),
  region: z.string().min(1).optional(),
  pathStyle: z.boolean().optional(),
  /** How AWS is reached; absent for its plain endpoints, as in every file of before. */
  variants: z.array(z.enum(ENDPOINT_VARIANTS)).min(1).readonly().optional(),
  bucket: z.string().min(3).optional(),
  prefix: z.string().optional(),
});

const schema = z.strictObject({
  version: z.literal(1),
  keyTemplate: z.string().default(DEFAULT_KEY_TEMPLATE),
  accounts: z.record(z.string().min(1), account).default({}),
  /** The account that the window shares from. */
  currentAccount: z.string().nullable().default(null),
  /** How long links lived at the last drop. */
  life: life.default({ kind: 'seconds', seconds: 86_400 }),
  /** Whether their objects were to go with them. */
  goneAtEnd: z.boolean().default(false),
  /** What uploads may take of the line, by the time of day. */
  bandwidth: z
    .array(
      z.strictObject({
        fromMinute: z.number().int().min(0).max(1_439),
        bytesPerSecond: z.number().int().positive().nullable(),
      }),
    )
    .default([]),
  /** The language that the window speaks. */
  language: z.enum(LANGUAGE_CHOICES).default('system'),
  /** As Electron writes accelerators; null for none. */
  globalShortcut: z.string().nullable().default(null),
  /** Endpoint and bucket to the region that the server told; null where it tells none. */
  regions: z.record(z.string(), z.string().nullable()).default({}),
});

/** Begins as no flag and no property of JavaScript's own does. */
const ACCOUNT_NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ._@:-]{0,63}$/u;

export type Account = z.infer<typeof account>;
export type SettingsData = z.infer<typeof schema>;

/** What is configured, in one JSON file that never holds a secret. */
export class Settings {
  readonly #path: string;
  #data: SettingsData;
  #turn: Promise<void> = Promise.resolve();

  private constructor(path: string, data: SettingsData) {
    this.#path = path;
    this.#data = data;
  }

  /**
   * Reads settings.json of the folder; a missing one means the defaults.
   * @throws SandglassError settings-damaged, and leaves the file as it is
   */
  static async open(folder: string): Promise<Settings> {
    const path = join(folder, 'settings.json');
    return new Settings(path, parsed(await fileText(path)));
  }

  get keyTemplate(): string {
    return this.#data.keyTemplate;
  }

  get accounts(): Readonly<Record<string, Account>> {
    return this.#data.accounts;
  }

  get currentAccount(): string | null {
    const { currentAccount, accounts } = this.#data;
    return currentAccount !== null && Object.hasOwn(accounts, currentAccount) ? currentAccount : null;
  }

  get life(): LifeChoice {
    return this.#data.life;
  }

  get goneAtEnd(): boolean {
    return this.#data.goneAtEnd;
  }

  get bandwidth(): BandwidthPlan {
    return this.#data.bandwidth;
  }

  get language(): LanguageChoice {
    return this.#data.language;
  }

  get globalShortcut(): string | null {
    return this.#data.globalShortcut;
  }

  /** Keeps what a person chose. */
  async choose(
    chosen: Partial<
      Pick<
        SettingsData,
        'currentAccount' | 'life' | 'goneAtEnd' | 'globalShortcut' | 'bandwidth' | 'language'
      >
    >,
  ): Promise<void> {
    await this.#change((data) => ({ ...data, ...chosen }));
  }

  /** @throws SandglassError account-unknown */
  account(name: string): Account {
    const found = Object.hasOwn(this.#data.accounts, name) ? this.#data.accounts[name] : undefined;
    if (found) return found;
    throw new SandglassError('account-unknown', `There is no account “${name}”.`, {
      next: 'Choose another, or connect it.',
      command: 'sandglass accounts list shows them; sandglass accounts add NAME makes one.',
    });
  }

  /** @throws SandglassError account-exists */
  assertNew(name: string): void {
    assertNew(name, this.#data);
  }

  /** @throws SandglassError account-exists, bad-usage, disk-full */
  async addAccount(name: string, added: Account): Promise<void> {
    assertSound(name, added);
    await this.#change((data) => {
      assertNew(name, data);
      return { ...data, accounts: { ...data.accounts, [name]: added } };
    });
  }

  /** @throws SandglassError disk-full */
  async removeAccount(name: string): Promise<void> {
    await this.#change((data) => {
      const others = Object.entries(data.accounts).filter(([other]) => other !== name);
      return { ...data, accounts: Object.fromEntries(others) };
    });
  }

  /** The region told for a bucket; null where the server tells none; undefined where nobody asked yet. */
  regionOf(endpointUrl: string | undefined, bucket: string): string | null | undefined {
    return this.#data.regions[regionKey(endpointUrl, bucket)];
  }

  /** @throws SandglassError disk-full */
  async rememberRegion(
    endpointUrl: string | undefined,
    bucket: string,
    region: string | null,
  ): Promise<void> {
    const key = regionKey(endpointUrl, bucket);
    await this.#change((data) => ({ ...data, regions: { ...data.regions, [key]: region } }));
  }

  /** @throws SandglassError disk-full */
  async forgetRegion(endpointUrl: string | undefined, bucket: string): Promise<void> {
    const key = regionKey(endpointUrl, bucket);
    await this.#change((data) => {
      const others = Object.entries(data.regions).filter(([other]) => other !== key);
      return { ...data, regions: Object.fromEntries(others) };
    });
  }

  /**
   * One change after the other, each to what the file holds now: the window and the command write the same file, and
   * neither must undo what the other has kept.
   */
  #change(change: (data: SettingsData) => SettingsData): Promise<void> {
    const changed = this.#turn.then(async () => {
      await locked(this.#path, async () => {
        const data = change(parsed(await fileText(this.#path)));
        await writeText(this.#path, `${JSON.stringify(data, null, 2)}\n`);
        this.#data = data;
      });
    });
    this.#turn = changed.catch(() => undefined);
    return changed;
  }
}

/** @throws SandglassError bad-usage */
export function assertSound(name: string, added: Account): void {
  if (!ACCOUNT_NAME.test(name)) {
    throw new SandglassError('bad-usage', 'An account cannot have this name.', {
      next: 'Take up to 64 letters, digits, spaces, dots or dashes, beginning with a letter or a digit.',
    });
  }
  assertPlace(added);
}

/** The same for all but the name, which a draft may not have yet. @throws SandglassError bad-usage */
export function assertPlace(added: Account): void {
  const checked = account.safeParse(added);
  if (checked.success) return;
  throw new SandglassError('bad-usage', `This account cannot be saved: ${complaint(checked.error)}.`, {
    next: 'Check the endpoint (http:// or https://…), the region and the bucket’s name.',
  });
}

function assertNew(name: string, { accounts }: SettingsData): void {
  if (!Object.hasOwn(accounts, name)) return;
  throw new SandglassError('account-exists', `There is an account “${name}” already.`, {
    next: 'Choose another name, or remove that account first.',
  });
}

function regionKey(endpointUrl: string | undefined, bucket: string): string {
  return `${endpointUrl ?? 'aws'} ${bucket}`;
}

function parsed(text: string): SettingsData {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged('is not JSON');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw damaged(complaint(result.error));
}

function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.') || 'it'}: ${issue.message}` : 'unknown shape';
}
