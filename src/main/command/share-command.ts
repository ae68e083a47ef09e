import type { Command } from 'commander';
import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { Link } from '../share/link.ts';
import type { Share } from '../share/share.ts';
import { addConnectionOptions, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext, Rooms } from './context.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { describeBytes, describeEnd, linkJson } from './link-output.ts';

interface ShareFlags extends ConnectionFlags, LifeFlags {
  readonly bucket?: string;
  readonly prefix?: string;
  readonly json?: boolean;
}

const USUAL_LIFE = '24h';

export function addShareCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('share')
    .description('upload files and print a link to each')
    .argument('<path...>', 'files')
    .option('--bucket <bucket>', 'the bucket; may be left out where the account names one')
    .option('--prefix <prefix>', 'where in the bucket');
  addConnectionOptions(addLifeOptions(command, USUAL_LIFE))
    .option('--json', 'print one JSON object when everything is uploaded')
    .action(async (paths: string[], flags: ShareFlags) => {
      await new ShareRun(context, await context.openRooms(), flags).run(paths);
    });
}

/** One call of `sandglass share`: every link at once, then the bytes, file by file. */
class ShareRun {
  readonly #context: CommandContext;
  readonly #rooms: Rooms;
  readonly #flags: ShareFlags;
  readonly #failures: SandglassError[] = [];
  readonly #done: Link[] = [];
  #interrupted = false;

  constructor(context: CommandContext, rooms: Rooms, flags: ShareFlags) {
    this.#context = context;
    this.#rooms = rooms;
    this.#flags = flags;
  }

  /** @throws SandglassError the first failure, after every other file has had its turn */
  async run(paths: readonly string[]): Promise<void> {
    const interrupted = Promise.withResolvers<never>();
    const shares = await this.#signAll(paths);
    const unhook = this.#context.onInterrupt(() => {
      this.#interrupted = true;
      for (const share of shares) share.interrupt();
      interrupted.reject(interruption(shares));
    });
    try {
      await Promise.race([interrupted.promise, this.#uploadAll(shares)]);
    } finally {
      unhook();
      if (this.#flags.json) this.#context.terminal.out(JSON.stringify({ links: this.#done.map(linkJson) }));
    }
    const [first, ...others] = this.#failures;
    for (const other of others) this.#say(other);
    if (first) throw first;
  }

  async #signAll(paths: readonly string[]): Promise<Share[]> {
    const life = lifeOf(this.#flags, USUAL_LIFE);
    const connection = await connect(this.#flags, this.#context, this.#rooms);
    const bucket = this.#flags.bucket ?? connection.bucket;
    if (bucket === undefined) {
      throw new SandglassError('bad-usage', 'No bucket is named.', {
        next: 'Name one with --bucket, or save it with the account: sandglass accounts add NAME --bucket B.',
      });
    }
    const { keyTemplate } = this.#rooms.settings;
    const options = { life, keyTemplate, prefix: this.#flags.prefix ?? connection.prefix };
    const shares: Share[] = [];
    for (const path of paths) {
      try {
        const share = await this.#rooms.sharing.share(path, { ...connection, bucket }, options);
        shares.push(share);
        this.#tell(share.link);
      } catch (error) {
        this.#failures.push(asSandglassError(error));
      }
    }
    return shares;
  }

  #tell(link: Link): void {
    const { terminal } = this.#context;
    if (!this.#flags.json) terminal.out(link.url);
    const size = link.size === null ? '' : `, ${describeBytes(link.size)}`;
    terminal.say(
      `${link.name}${size}: the link works when the upload is done; it ${describeEnd(link, link.signedAt)}.`,
    );
  }

  #tellAgain(link: Link): void {
    const { terminal } = this.#context;
    if (!this.#flags.json) terminal.out(link.url);
    terminal.say(
      `This computer’s clock is wrong, so the link was signed anew; it ${describeEnd(link, link.signedAt)}.`,
    );
  }

  async #uploadAll(shares: readonly Share[]): Promise<void> {
    for (const share of shares) {
      if (this.#interrupted) return;
      const { url } = share.link;
      const display = this.#context.terminal.progress(share.link.name, share.link.size ?? 0);
      const unwatch = share.watch(({ sentBytes }) => {
        display.update(sentBytes);
      });
      try {
        await share.upload();
        this.#done.push(share.link);
      } catch (error) {
        this.#failures.push(asSandglassError(error));
      } finally {
        unwatch();
        display.stop();
      }
      if (this.#done.at(-1) !== share.link) continue;
      if (share.link.url !== url) this.#tellAgain(share.link);
      this.#context.terminal.say(`${share.link.name}: the link works.`);
    }
  }

  #say({ message, next }: SandglassError): void {
    this.#context.terminal.say(`sandglass: ${message}${next ? ` ${next}` : ''}`);
  }
}

function interruption(shares: readonly Share[]): SandglassError {
  const ids = shares.map(({ link }) => link.id).join(' ');
  return new SandglassError('interrupted', 'Interrupted; what has arrived stays in the bucket.', {
    next: `To drop it: sandglass cancel ${ids}.`,
  });
}
