import { SvelteSet } from 'svelte/reactivity';
import type { LifeChoice, OfferedFile, ShareRow } from '../../shared/board.ts';
import type { DropPlace } from '../../shared/bucket-view.ts';
import type { ShareOptionsChoice } from '../../shared/ending-view.ts';
import type { Bridge } from '../bridge.ts';
import { MOST_FILES } from '../model/file-limit.ts';
import { namedIn } from '../model/shown-name.ts';
import { tellNumber } from '../telling.ts';
import { words } from '../words.ts';
import type { ShareOptions } from './share-options.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** What sharing must know of the rest of the window. */
export interface Surroundings {
  readonly isConnected: () => boolean;
  readonly life: () => LifeChoice;
  /** What holds for the files that are shared next, beside their life. */
  readonly options: Pick<ShareOptions, 'current' | 'used'>;
  readonly askForBucket: () => void;
  readonly started: (rows: readonly ShareRow[]) => void;
}

/** How files are shared beside their life. */
interface Start {
  readonly place?: DropPlace | undefined;
  readonly again?: true;
  readonly options?: ShareOptionsChoice | undefined;
}

/** From files to links. Where no bucket is connected yet, the files wait for one. */
export class Sharing {
  /** Ids of files that wait for a bucket. */
  waiting = $state.raw<readonly string[]>([]);
  /** Shares whose links this window has put on the clipboard, and which no other deed has made stale. */
  readonly copied = new SvelteSet<string>();
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #surroundings: Surroundings;
  #isChoosing = false;

  constructor(bridge: Bridge, toasts: Toasts, surroundings: Surroundings) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#surroundings = surroundings;
  }

  /** @param place where they go instead of the account's own bucket */
  async offer(files: readonly File[], place?: DropPlace): Promise<void> {
    if (this.#isTooMany(files.length)) return;
    await this.#take(await this.#toasts.unwrap(this.#bridge.offerFiles(files)), place);
  }

  /** Opens the system's dialog, one at a time. */
  async choose(place?: DropPlace): Promise<void> {
    if (this.#isChoosing) return;
    this.#isChoosing = true;
    const chosen = await this.#toasts.unwrap(this.#bridge.chooseFiles({}));
    this.#isChoosing = false;
    await this.#take(chosen, place);
  }

  /** Shares what has waited, now that there is a bucket. */
  async shareWaiting(): Promise<void> {
    const fileIds = this.waiting;
    this.waiting = [];
    await this.#start(fileIds);
  }

  async #take(offered: readonly OfferedFile[] = [], place?: DropPlace): Promise<void> {
    if (this.#isTooMany(offered.length)) return;
    this.#toasts.failAll(offered.filter((file) => file.kind === 'refused'));
    const fileIds = offered.flatMap((file) => (file.kind === 'file' ? [file.fileId] : []));
    if (fileIds.length === 0) return;
    if (this.#surroundings.isConnected()) {
      await this.#start(fileIds, { place });
      return;
    }
    this.waiting = [...this.waiting, ...fileIds];
    this.#surroundings.askForBucket();
  }

  /** What waits for a bucket counts too: all of it is shared at once. Where they are too many, that has been told. */
  #isTooMany(count: number): boolean {
    const all = count + this.waiting.length;
    if (all <= MOST_FILES) return false;
    const message = words.drop.tooMany(tellNumber(all), tellNumber(MOST_FILES));
    this.#toasts.fail({ code: 'bad-usage', message, next: words.drop.tooManyNext, requestId: null });
    return true;
  }

  async #start(
    fileIds: readonly string[],
    { place, again, options = this.#surroundings.options.current }: Start = {},
  ): Promise<void> {
    if (fileIds.length === 0) return;
    const life = this.#surroundings.life();
    const asked = {
      ...{ fileIds: [...fileIds], life },
      ...(place ? { place } : {}),
      ...(again ? { again } : {}),
      ...(options ? { options } : {}),
    };
    const shared = await this.#toasts.unwrap(this.#bridge.startShares(asked));
    if (shared === undefined) return;
    if (!again) this.#surroundings.options.used();
    this.#toasts.failAll(shared.filter((file) => file.kind === 'refused'));
    for (const [at, file] of shared.entries()) {
      if (file.kind === 'refused') continue;
      this.copied.add(file.row.id);
      if (file.kind === 'running') this.#offerAgain(file.row, fileIds[at], { place, options });
    }
    const started = shared.flatMap((file) => (file.kind === 'started' ? [file.row] : []));
    this.#surroundings.started(started);
    if (started.length > 0) this.#toasts.note(words.told.started(started.length));
  }

  /** The file is being sent already: whoever wants it twice says so. */
  #offerAgain({ name }: ShareRow, fileId: string | undefined, start: Start): void {
    const message = words.told.running(namedIn(name));
    if (fileId === undefined) return;
    this.#toasts.offer(message, {
      label: words.told.sendAnyway,
      run: () => void this.#start([fileId], { ...start, again: true }),
    });
  }
}
