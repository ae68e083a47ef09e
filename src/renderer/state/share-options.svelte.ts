import type { ShareOptionsChoice } from '../../shared/ending-view.ts';
import { checkedDescription } from '../../shared/object-description.ts';
import type { Bridge } from '../bridge.ts';
import type { BoardState } from './board-state.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** A name and its value. */
export type Pair = readonly [name: string, value: string];

/**
 * What holds for all files of the next drop: tags and metadata once, and whether their objects go with their links until
 * that is changed.
 */
export class ShareOptions {
  tags = $state.raw<readonly Pair[]>([]);
  metadata = $state.raw<readonly Pair[]>([]);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #board: BoardState;
  /** What was chosen, and main has not kept yet. */
  #choosing = $state<boolean | null>(null);

  constructor(bridge: Bridge, toasts: Toasts, board: BoardState) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#board = board;
  }

  get goneAtEnd(): boolean {
    return this.#choosing ?? this.#board.current?.goneAtEnd ?? false;
  }

  /** What is sent with the files; undefined where nothing was chosen. */
  get current(): ShareOptionsChoice | undefined {
    const { tags, metadata, goneAtEnd } = this;
    return tags.length + metadata.length > 0 || goneAtEnd ? { tags, metadata, goneAtEnd } : undefined;
  }

  /** @throws SandglassError bad-usage for what S3 would not take; nothing is chosen then */
  choose({ tags, metadata, goneAtEnd }: ShareOptionsChoice): void {
    checkedDescription({ tags, metadata });
    [this.tags, this.metadata] = [tags, metadata];
    if (goneAtEnd !== this.goneAtEnd) void this.#keep(goneAtEnd);
  }

  /** The files are on their way: what held for them alone is done. */
  used(): void {
    [this.tags, this.metadata] = [[], []];
  }

  async #keep(goneAtEnd: boolean): Promise<void> {
    this.#choosing = goneAtEnd;
    await this.#toasts.unwrap(this.#bridge.chooseGoneAtEnd({ goneAtEnd }));
    this.#choosing = null;
  }
}
