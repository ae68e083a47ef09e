import type { Failure, LifeChoice } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import type { AccountDesk } from '../board/account-desk.ts';
import { failureOf } from '../board/failure.ts';
import type { FileShelf } from '../board/file-shelf.ts';
import type { ShareBoard } from '../board/share-board.ts';
import type { Settings } from '../settings/settings.ts';

export interface ArrivalRooms {
  readonly shares: Pick<ShareBoard, 'start'>;
  readonly accounts: Pick<AccountDesk, 'dropTarget'>;
  readonly files: Pick<FileShelf, 'offer' | 'take'>;
  readonly settings: Pick<Settings, 'currentAccount' | 'life' | 'goneAtEnd' | 'keyTemplate' | 'choose'>;
  /** The server's. */
  readonly clock: Clock;
}

/** Who hears what becomes of them. */
export interface ArrivalListener {
  refused(refused: { readonly name: string; readonly failure: Failure }): void;
  /** Files wait for a bucket. */
  waiting(): void;
  /** The moment until which links were to live has passed: these live a day. */
  momentPassed(): void;
}

/** As long as links live where nobody has chosen anything. */
const A_DAY: LifeChoice = { kind: 'seconds', seconds: 86_400 };

/**
 * Files that come from outside the window: Send to, Open with, a second start. None is lost: those that come before the
 * app is up wait for it, and those that come before a bucket is connected wait for that.
 */
export class Arrivals {
  readonly #rooms = Promise.withResolvers<ArrivalRooms>();
  readonly #listener: ArrivalListener;
  #waiting: string[] = [];

  constructor(listener: ArrivalListener) {
    this.#listener = listener;
  }

  /** How many files wait for a bucket. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The app is up. */
  open(rooms: ArrivalRooms): void {
    this.#rooms.resolve(rooms);
  }

  async take(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const rooms = await this.#rooms.promise;
    if (rooms.settings.currentAccount === null) await this.#keep(paths, rooms);
    else await this.#share(paths, rooms);
  }

  /** Shares what has waited, where there is a bucket now. */
  async shareWaiting(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const rooms = await this.#rooms.promise;
    if (rooms.settings.currentAccount === null) return;
    const fileIds = this.#waiting;
    this.#waiting = [];
    if (fileIds.length > 0) await this.#share(rooms.files.take(fileIds), rooms);
  }

  async #keep(paths: readonly string[], { files }: ArrivalRooms): Promise<void> {
    for (const file of await files.offer(paths)) {
      if (file.kind === 'file') this.#waiting.push(file.fileId);
      else this.#listener.refused(file);
    }
    if (this.#waiting.length > 0) this.#listener.waiting();
  }

  async #share(paths: readonly string[], rooms: ArrivalRooms): Promise<void> {
    const { accounts, shares, settings } = rooms;
    try {
      const { prefix, ...destination } = accounts.dropTarget();
      const { keyTemplate, goneAtEnd } = settings;
      const life = await this.#life(rooms);
      const options = { life, keyTemplate, prefix, goneAtEnd };
      const results = await shares.start(paths, destination, options);
      for (const result of results) if (result.kind === 'refused') this.#listener.refused(result);
    } catch (error) {
      this.#listener.refused({ name: shellWords.appName, failure: failureOf(error) });
    }
  }

  /** The life that was chosen last, or a day where that was a moment that has passed: no link could be made with it. */
  async #life({ settings, clock }: ArrivalRooms): Promise<LifeChoice> {
    const { life } = settings;
    if (life.kind === 'seconds' || life.at - clock.now() >= 1_000) return life;
    this.#listener.momentPassed();
    await settings.choose({ life: A_DAY }).catch(() => undefined);
    return A_DAY;
  }
}
