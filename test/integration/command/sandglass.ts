import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { S3Server } from '../../servers/s3-servers.ts';

/** The command as it is shipped: the built bundle. */
export const COMMAND = join(import.meta.dirname, '../../../out/main/cli.js');

const linkSchema = z.strictObject({
  id: z.string(),
  url: z.url(),
  bucket: z.string(),
  key: z.string(),
  size: z.number().nullable(),
  signedAt: z.string(),
  expiresAt: z.string(),
  requestedExpiresAt: z.string(),
  limitedBy: z.enum(['credentials', 'maximum', 'restore']).nullable(),
});
const linksSchema = z.strictObject({ links: z.array(linkSchema) });

export type PrintedLink = z.infer<typeof linkSchema>;

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

export interface CallOptions {
  readonly stdin?: string;
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** `sandglass` on a machine of its own: an empty home, an empty data folder, and only the environment given. */
export class Sandglass {
  readonly home: string;
  readonly data: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(home: string, env: Readonly<Record<string, string>>) {
    this.home = home;
    this.data = join(home, 'data');
    this.#env = env;
  }

  static async install(env: Readonly<Record<string, string>> = {}): Promise<Sandglass> {
    return new Sandglass(await mkdtemp(join(tmpdir(), 'sandglass-command-')), env);
  }

  /** The environment of every call, as a script would set it. */
  get env(): Readonly<Record<string, string>> {
    const nowhere = { AWS_EC2_METADATA_DISABLED: 'true', TZ: 'UTC' };
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.home,
      SANDGLASS_DATA_DIR: this.data,
      ...nowhere,
      ...this.#env,
    };
  }

  start(args: readonly string[], { stdin = '', uid, env = {} }: CallOptions = {}): Running {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: this.home,
      env: { ...this.env, ...env },
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    child.stdin.on('error', () => undefined).end(stdin);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const outcome = Promise.all([ended, text(child.stdout), text(child.stderr)]).then(
      ([code, stdout, stderr]) => ({ code, stdout, stderr }),
    );
    return { process: child, outcome };
  }

  run(args: readonly string[], options: CallOptions = {}): Promise<Outcome> {
    return this.start(args, options).outcome;
  }

  /** The links that a call with --json printed. @throws Error with what was said where it failed */
  async links(args: readonly string[], options: CallOptions = {}): Promise<PrintedLink[]> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    if (code !== 0) throw new Error(`exit code ${code ?? 'none'}: ${stderr}`);
    return linksSchema.parse(JSON.parse(stdout)).links;
  }

  async link(args: readonly string[], options: CallOptions = {}): Promise<PrintedLink> {
    const [link] = await this.links(args, options);
    if (link === undefined) throw new Error('No link was printed.');
    return link;
  }

  async uninstall(): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }
}

/** What a script sets to use the keys of a test server. */
export function keysFor(server: Pick<S3Server, 'endpoint' | 'credentials'>): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
  };
}
