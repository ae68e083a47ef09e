import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { SandglassError } from '../../shared/errors.ts';
import { life, type LifeChoice } from '../../shared/board.ts';
import { DEFAULT_KEY_TEMPLATE } from '../../shared/share.ts';

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
  /** As Electron writes accelerators; null for none. */
  globalShortcut: z.string().nullable().default(null),
  /** Endpoint and bucket to the region that the server told; null where it tells none. */
  regions: z.record(z.string(), z.string().nullable()).default({}),
});

export type Account = z.infer<typeof account>;
export type SettingsData = z.infer<typeof schema>;

/** What is configured, in one JSON file that never holds a secret. */
export class Settings {
  readonly #path: string;
  #data: SettingsData;

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
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{"version":1}';
      throw damaged('cannot be read');
    });
    return new Settings(path, parsed(text));
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

  get globalShortcut(): string | null {
    return this.#data.globalShortcut;
  }

  /** Keeps what a person chose. */
  async choose(chosen: Partial<Pick<SettingsData, 'currentAccount' | 'life' | 'globalShortcut'>>): Promise<void> {
    await this.#write({ ...this.#data, ...chosen });
  }

  /** @throws SandglassError account-unknown */
  account(name: string): Account {
    const found = Object.hasOwn(this.#data.accounts, name) ? this.#data.accounts[name] : undefined;
    if (found) return found;
    throw new SandglassError('account-unknown', `There is no account “${name}”.`, {
      next: 'sandglass accounts list shows them; sandglass accounts add NAME makes one.',
    });
  }

  /** @throws SandglassError account-exists */
  assertNew(name: string): void {
    if (!Object.hasOwn(this.#data.accounts, name)) return;
    throw new SandglassError('account-exists', `There is an account “${name}” already.`, {
      next: 'Choose another name, or remove that account first.',
    });
  }

  /** @throws SandglassError account-exists, bad-usage */
  async addAccount(name: string, added: Account): Promise<void> {
    this.assertNew(name);
    assertSound(added);
    await this.#write({ ...this.#data, accounts: { ...this.#data.accounts, [name]: added } });
  }

  async removeAccount(name: string): Promise<void> {
    const accounts = Object.fromEntries(
      Object.entries(this.#data.accounts).filter(([other]) => other !== name),
    );
    await this.#write({ ...this.#data, accounts });
  }

  /** The region told for a bucket; null where the server tells none; undefined where nobody asked yet. */
  regionOf(endpointUrl: string | undefined, bucket: string): string | null | undefined {
    return this.#data.regions[regionKey(endpointUrl, bucket)];
  }

  async rememberRegion(
    endpointUrl: string | undefined,
    bucket: string,
    region: string | null,
  ): Promise<void> {
    await this.#write({
      ...this.#data,
      regions: { ...this.#data.regions, [regionKey(endpointUrl, bucket)]: region },
    });
  }

  async #write(data: SettingsData): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      await writeFileAtomic(this.#path, `${JSON.stringify(data, null, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      throw unwritable(error);
    }
    this.#data = data;
  }
}

/** @throws SandglassError bad-usage */
export function assertSound(added: Account): void {
  const checked = account.safeParse(added);
  if (checked.success) return;
  throw new SandglassError('bad-usage', `This account cannot be saved: ${complaint(checked.error)}.`, {
    next: 'Check the endpoint (http:// or https://…), the region and the bucket’s name.',
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

function unwritable(cause: unknown): SandglassError {
  return new SandglassError('disk-full', 'The settings cannot be written: the disk is full or refuses it.', {
    next: 'Free some space, or point SANDGLASS_DATA_DIR at a folder that you may write.',
    cause,
  });
}

function damaged(why: string): SandglassError {
  return new SandglassError('settings-damaged', `settings.json ${why}.`, {
    next: 'Mend it, or move it out of Sandglass’s data folder to begin with the defaults.',
  });
}
