import { createContext } from 'svelte';
import type { Bridge } from '../bridge.ts';
import { BoardState } from './board-state.svelte.ts';
import { DropState } from './drop-state.svelte.ts';
import { LifeState } from './life-state.svelte.ts';
import { RowDeeds } from './row-deeds.svelte.ts';
import { ShareListState } from './share-list-state.svelte.ts';
import { Sharing } from './sharing.svelte.ts';
import { Ticker } from './ticker.svelte.ts';
import { Toasts } from './toasts.svelte.ts';

export type View = 'main' | 'connect' | 'preferences';

/** Builds the window's state and hands its parts to each other. */
export class WindowState {
  readonly bridge: Bridge;
  readonly toasts = new Toasts();
  readonly board: BoardState;
  readonly life: LifeState;
  readonly shares: ShareListState;
  readonly sharing: Sharing;
  readonly deeds: RowDeeds;
  readonly drop: DropState;
  readonly ticker: Ticker;
  #asked = $state<View>('main');

  constructor(bridge: Bridge, document: Document) {
    this.bridge = bridge;
    this.board = new BoardState(bridge);
    this.life = new LifeState(bridge, this.toasts);
    this.shares = new ShareListState(bridge, this.toasts);
    this.deeds = new RowDeeds(bridge, this.toasts);
    this.ticker = new Ticker(document);
    this.sharing = new Sharing(bridge, this.toasts, {
      isConnected: () => this.board.isConnected,
      life: () => this.life.choice,
      askForBucket: () => {
        this.open('connect');
      },
    });
    this.drop = new DropState((files) => void this.sharing.offer(files));
  }

  /** Without a bucket there is nothing to do but connect one. */
  get view(): View {
    return this.#asked === 'main' && !this.board.isConnected ? 'connect' : this.#asked;
  }

  open(view: View): void {
    this.#asked = view;
  }

  /** Begins to listen to main and to the window. @returns what ends it */
  start(target: Window): () => void {
    const ends = [
      this.board.follow(),
      this.shares.follow(),
      this.drop.watch(target),
      this.ticker.start(),
      this.bridge.onAsked(({ to }) => {
        if (to === 'choose-files') void this.sharing.choose();
        else this.open(to);
      }),
    ];
    void this.board.read();
    void this.shares.refresh();
    return () => {
      for (const end of ends) end();
    };
  }
}

export const [useWindow, provideWindow] = createContext<WindowState>();
