import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { Link } from '../share/link.ts';
import type { Share } from '../share/share.ts';
import type { UploadProgress } from '../upload/upload.ts';
import type { CommandContext, Rooms } from './context.ts';
import { describeFailure, throwFirst } from './failures.ts';
import { describeBytes, describeEnd, linkJson, printable } from './link-output.ts';
import type { ProgressDisplay } from './terminal.ts';

/** Each gives a share whose link is ready. */
type Makers = Iterable<() => Promise<Share>>;

/** One call of `sandglass share` or `sandglass resume`: each link at once, and the bytes of all of them together. */
export class UploadRun {
  readonly #context: CommandContext;
  readonly #rooms: Rooms;
  readonly #json: boolean;
  readonly #failures: SandglassError[] = [];
  /** In the order in which they were named; false until the link works. */
  readonly #works = new Map<Share, boolean>();
  readonly #underWay = new Map<Share, Promise<void>>();
  readonly #sent = new Map<Share, number>();
  #display: ProgressDisplay | null = null;
  #interrupted = false;

  constructor(context: CommandContext, rooms: Rooms, json: boolean) {
    this.#context = context;
    this.#rooms = rooms;
    this.#json = json;
  }

  /**
   * @param makers each gives a share whose link is ready, one after the other
   * @throws SandglassError the first failure, after every other file has had its turn
   */
  async run(makers: () => Makers | Promise<Makers>): Promise<void> {
    const unhook = this.#context.onInterrupt(() => {
      this.#interrupted = true;
      for (const share of this.#underWay.keys()) share.interrupt();
    });
    try {
      const dropping = this.#dropLeftovers().catch(() => undefined);
      for (const make of await makers()) if (!this.#interrupted) await this.#begin(make);
      this.#showProgress();
      await Promise.all([...this.#underWay.values(), dropping]);
    } finally {
      this.#display?.stop();
      unhook();
      if (this.#json) this.#context.terminal.out(JSON.stringify({ links: this.#done().map(linkJson) }));
    }
    const left = [...this.#underWay.keys()];
    if (left.length > 0) throw interruption(left);
    throwFirst(this.#context, this.#failures);
  }

  async #begin(make: () => Promise<Share>): Promise<void> {
    try {
      const share = await make();
      if (this.#works.has(share)) {
        this.#context.terminal.say(
          `${printable(share.link.name)}: is being sent already, so it is not sent twice; --again does it all the same.`,
        );
        return;
      }
      this.#tell(share.link, 'the link works when the upload is done; it');
      this.#works.set(share, false);
      // Asked to end while the link was being signed.
      if (this.#interrupted) share.interrupt();
      this.#underWay.set(share, this.#upload(share));
    } catch (error) {
      this.#failures.push(asSandglassError(error));
    }
  }

  #done(): Link[] {
    return [...this.#works].flatMap(([share, works]) => (works ? [share.link] : []));
  }

  /** What cannot be ended because of an interrupt stays among those that are under way. */
  async #upload(share: Share): Promise<void> {
    const { link } = share;
    const { terminal } = this.#context;
    const unwatch = share.watch(this.#watcher(share));
    const failure = await share.upload().then(() => null, asSandglassError);
    unwatch();
    if (failure?.code === 'interrupted') return;
    this.#underWay.delete(share);
    if (failure) {
      this.#failures.push(failure);
      return;
    }
    this.#works.set(share, true);
    if (share.link.url !== link.url) {
      this.#tell(share.link, 'this computer’s clock is wrong, so the link was signed anew; it');
    }
    terminal.say(`${printable(link.name)}: the link works.`);
    if (share.remark) terminal.say(describeFailure(share.remark, link.name));
  }

  /** Says once for each reason what an upload waits for, and where it is begun anew. */
  #watcher(share: Share): (progress: UploadProgress) => void {
    const name = printable(share.link.name);
    let [waits, restarts] = ['', 0];
    return ({ state, sentBytes }) => {
      this.#sent.set(share, sentBytes);
      this.#display?.update([...this.#sent.values()].reduce((sum, bytes) => sum + bytes, 0));
      const reason = state.kind === 'paused' ? (state.reason?.message ?? '') : '';
      if (reason !== '' && reason !== waits)
        this.#context.terminal.say(`${name}: ${printable(reason)} Waiting until it goes on.`);
      if ('restarts' in state && state.restarts > restarts) {
        restarts = state.restarts;
        this.#context.terminal.say(`${name}: the server has dropped the upload, so it is sent anew.`);
      }
      waits = reason === '' && state.kind !== 'uploading' ? waits : reason;
    };
  }

  #showProgress(): void {
    const shares = [...this.#underWay.keys()];
    const [first] = shares;
    if (!first) return;
    const total = shares.reduce((sum, share) => sum + share.progress.totalBytes, 0);
    const what = shares.length === 1 ? printable(first.link.name) : `${shares.length} files`;
    this.#display = this.#context.terminal.progress(what, total);
  }

  #tell(link: Link, what: string): void {
    const { terminal } = this.#context;
    if (!this.#json) terminal.out(link.url);
    const size = link.size === null ? '' : `, ${describeBytes(link.size)}`;
    terminal.say(`${printable(link.name)}${size}: ${what} ${describeEnd(link, link.signedAt)}.`);
  }

  /** What an earlier call could not drop is tried again, beside the uploads. */
  async #dropLeftovers(): Promise<void> {
    const { history, links } = this.#rooms;
    const own = history.leftovers().filter(({ holder }) => holder?.startsWith('command-'));
    await Promise.all(own.map((record) => links.dropLeftover(record).catch(() => undefined)));
  }
}

function interruption(shares: readonly Share[]): SandglassError {
  const ids = shares.map(({ link }) => link.id).join(' ');
  return new SandglassError('interrupted', 'Interrupted; what has arrived stays in the bucket.', {
    command: `To go on: sandglass resume ${ids}. To drop it: sandglass cancel ${ids}.`,
  });
}
