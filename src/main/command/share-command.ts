import type { Command } from 'commander';
import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { Link } from '../share/link.ts';
import type { Share } from '../share/share.ts';
import { addConnectionOptions, checkedBucket, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext, Rooms } from './context.ts';
import { throwFirst } from './failures.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { describeBytes, describeEnd, linkJson, printable } from './link-output.ts';

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
  #waiting: Share[] = [];
  #interrupted = false;

  constructor(context: CommandContext, rooms: Rooms, flags: ShareFlags) {
    this.#context = context;
    this.#rooms = rooms;
    this.#flags = flags;
  }

  /** @throws SandglassError the first failure, after every other file has had its turn */
  async run(paths: readonly string[]): Promise<void> {
    const unhook = this.#context.onInterrupt(() => {
      this.#interrupted = true;
      for (const share of this.#waiting) share.interrupt();
    });
    try {
      await this.#signAll(paths);
      while (this.#waiting.length > 0 && !this.#interrupted) await this.#uploadNext();
    } finally {
      unhook();
      if (this.#flags.json) this.#context.terminal.out(JSON.stringify({ links: this.#done.map(linkJson) }));
    }
    if (this.#waiting.length > 0) throw interruption(this.#waiting);
    throwFirst(this.#context, this.#failures);
  }

  async #signAll(paths: readonly string[]): Promise<void> {
    const life = lifeOf(this.#flags, USUAL_LIFE);
    const connection = await connect(this.#flags, this.#context, this.#rooms);
    const bucket = this.#flags.bucket ?? connection.bucket;
    if (bucket === undefined) {
      throw new SandglassError('bad-usage', 'No bucket is named.', {
        next: 'Name one with --bucket, or save it with the account: sandglass accounts add NAME --bucket B.',
      });
    }
    const destination = { ...connection, bucket: checkedBucket(bucket) };
    const { keyTemplate } = this.#rooms.settings;
    const options = { life, keyTemplate, prefix: this.#flags.prefix ?? connection.prefix };
    for (const path of paths) {
      if (this.#interrupted) return;
      try {
        const share = await this.#rooms.sharing.share(path, destination, options);
        this.#waiting.push(share);
        this.#tell(share.link, 'the link works when the upload is done; it');
      } catch (error) {
        this.#failures.push(asSandglassError(error));
      }
    }
  }

  /** What cannot be ended because of an interrupt stays among those that wait. */
  async #uploadNext(): Promise<void> {
    const [share, ...others] = this.#waiting;
    if (share === undefined) return;
    const { link } = share;
    const display = this.#context.terminal.progress(printable(link.name), link.size ?? 0);
    const unwatch = share.watch(({ sentBytes }) => {
      display.update(sentBytes);
    });
    const failure = await share.upload().then(() => null, asSandglassError);
    unwatch();
    display.stop();
    if (failure?.code === 'interrupted') return;
    this.#waiting = others;
    if (failure) {
      this.#failures.push(failure);
      return;
    }
    this.#done.push(share.link);
    if (share.link.url !== link.url) {
      this.#tell(share.link, 'this computer’s clock is wrong, so the link was signed anew; it');
    }
    this.#context.terminal.say(`${printable(link.name)}: the link works.`);
  }

  #tell(link: Link, what: string): void {
    const { terminal } = this.#context;
    if (!this.#flags.json) terminal.out(link.url);
    const size = link.size === null ? '' : `, ${describeBytes(link.size)}`;
    terminal.say(`${printable(link.name)}${size}: ${what} ${describeEnd(link, link.signedAt)}.`);
  }
}

function interruption(shares: readonly Share[]): SandglassError {
  const ids = shares.map(({ link }) => link.id).join(' ');
  return new SandglassError('interrupted', 'Interrupted; what has arrived stays in the bucket.', {
    next: `To drop it: sandglass cancel ${ids}.`,
  });
}
