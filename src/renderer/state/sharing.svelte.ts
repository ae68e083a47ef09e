import type { LifeChoice, OfferedFile } from '../../shared/board.ts';
import type { Bridge } from '../bridge.ts';
import { words } from '../words.ts';
import type { Toasts } from './toasts.svelte.ts';

/** What sharing must know of the rest of the window. */
export interface Surroundings {
  readonly isConnected: () => boolean;
  readonly life: () => LifeChoice;
  readonly askForBucket: () => void;
}

/** From files to links. Where no bucket is connected yet, the files wait for one. */
export class Sharing {
  /** Ids of files that wait for a bucket. */
  waiting = $state.raw<readonly string[]>([]);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #surroundings: Surroundings;

  constructor(bridge: Bridge, toasts: Toasts, surroundings: Surroundings) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#surroundings = surroundings;
  }

  async offer(files: readonly File[]): Promise<void> {
    await this.#take(await this.#toasts.unwrap(this.#bridge.offerFiles(files)));
  }

  async choose(): Promise<void> {
    await this.#take(await this.#toasts.unwrap(this.#bridge.chooseFiles({})));
  }

  /** Shares what has waited, now that there is a bucket. */
  async shareWaiting(): Promise<void> {
    const fileIds = this.waiting;
    this.waiting = [];
    await this.#start(fileIds);
  }

  async #take(offered: readonly OfferedFile[] = []): Promise<void> {
    const fileIds: string[] = [];
    for (const file of offered) {
      if (file.kind === 'file') fileIds.push(file.fileId);
      else this.#toasts.fail(file.failure, file.name);
    }
    if (fileIds.length === 0) return;
    if (this.#surroundings.isConnected()) {
      await this.#start(fileIds);
      return;
    }
    this.waiting = [...this.waiting, ...fileIds];
    this.#surroundings.askForBucket();
  }

  async #start(fileIds: readonly string[]): Promise<void> {
    if (fileIds.length === 0) return;
    const life = this.#surroundings.life();
    const shared = await this.#toasts.unwrap(this.#bridge.startShares({ fileIds: [...fileIds], life }));
    if (shared === undefined) return;
    for (const file of shared) if (file.kind === 'refused') this.#toasts.fail(file.failure, file.name);
    const started = shared.filter(({ kind }) => kind === 'started').length;
    if (started > 0) this.#toasts.note(words.told.started(started));
  }
}
