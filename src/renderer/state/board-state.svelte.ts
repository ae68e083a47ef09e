import type { Board, Failure } from '../../shared/board.ts';
import type { Bridge } from '../bridge.ts';
import { speak } from '../words.ts';
import { settled } from './toasts.svelte.ts';

/** What is known of the window's surroundings. */
export class BoardState {
  /** Null until it has been read. */
  current = $state.raw<Board | null>(null);
  /** Why it could not be read. */
  failure = $state.raw<Failure | null>(null);
  readonly account = $derived(
    this.current?.accounts.find(({ name }) => name === this.current?.currentAccount) ?? null,
  );
  readonly isConnected = $derived(this.account !== null);
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Follows main's pushes. @returns what ends it */
  follow(): () => void {
    return this.#bridge.onBoardChanged((board) => {
      this.#take(board);
    });
  }

  async read(): Promise<void> {
    this.failure = null;
    const answer = await settled(this.#bridge.readBoard({}));
    if (answer.ok) this.#take(answer.value);
    else this.failure = answer.failure;
  }
  /** The words come first: what is built from the board says them. */
  #take(board: Board): void {
    speak(board.language.spoken);
    this.current = board;
  }
}
