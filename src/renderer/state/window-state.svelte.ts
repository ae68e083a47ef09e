import { createContext } from 'svelte';
import type { DropPlace } from '../../shared/bucket-view.ts';
import type { Bridge } from '../bridge.ts';
import { Announcer } from './announcer.svelte.ts';
import { BoardState } from './board-state.svelte.ts';
import { BucketState } from './bucket-state.svelte.ts';
import { ConnectForm } from './connect-form.svelte.ts';
import { DropState } from './drop-state.svelte.ts';
import { Inviting } from './inviting.svelte.ts';
import { LifeState } from './life-state.svelte.ts';
import { RowDeeds } from './row-deeds.svelte.ts';
import { ShareListState } from './share-list-state.svelte.ts';
import { ShareOptions } from './share-options.svelte.ts';
import { Sharing } from './sharing.svelte.ts';
import { Ticker } from './ticker.svelte.ts';
import { Toasts } from './toasts.svelte.ts';

export type View = 'opening' | 'main' | 'connect' | 'renew' | 'preferences' | 'buckets' | 'inspect';

/** Builds the window's state and hands its parts to each other. */
export class WindowState {
  readonly bridge: Bridge;
  readonly toasts = new Toasts();
  readonly board: BoardState;
  readonly life: LifeState;
  readonly options: ShareOptions;
  readonly shares: ShareListState;
  readonly sharing: Sharing;
  readonly deeds: RowDeeds;
  readonly drop: DropState;
  readonly ticker: Ticker;
  readonly announcer: Announcer;
  readonly buckets: BucketState;
  readonly inviting: Inviting;
  /** What has been typed of an account, kept until it is connected. */
  readonly connecting: ConnectForm;
  /** Dialogs that are open. */
  dialogs = $state(0);
  /** The account whose keys are to be entered again. */
  renewing = $state<string | null>(null);
  /** A link that was pasted, for the view that reads it; nowhere else, and not after that. */
  pasted = $state.raw<string | null>(null);
  /** The view that was left last; where it was opened from gets the focus back. */
  cameFrom: View | null = null;
  /** Asked before a view is left; false where it must be asked first. */
  mayLeave: (to: View) => boolean = () => true;
  #asked = $state<View>('main');

  constructor(bridge: Bridge, document: Document) {
    this.bridge = bridge;
    this.board = new BoardState(bridge);
    this.life = new LifeState(bridge, this.toasts);
    this.options = new ShareOptions(bridge, this.toasts, this.board);
    this.shares = new ShareListState(bridge, this.toasts);
    this.connecting = new ConnectForm(bridge, this.toasts);
    this.ticker = new Ticker(document);
    this.announcer = new Announcer(() => this.ticker.now);
    this.sharing = new Sharing(bridge, this.toasts, {
      isConnected: () => this.board.isConnected,
      life: () => this.life.choice,
      options: this.options,
      askForBucket: () => {
        this.open('connect');
      },
      started: (rows) => {
        this.announcer.follow(rows);
      },
    });
    this.buckets = new BucketState(bridge, this.toasts, {
      copied: this.sharing.copied,
      now: () => this.ticker.now,
      linked: () => void this.shares.refresh(),
    });
    this.inviting = new Inviting(bridge, this.toasts, {
      now: () => this.ticker.now,
      listed: () => void this.shares.refresh(),
    });
    this.deeds = new RowDeeds(bridge, this.toasts, this.sharing.copied, this.inviting);
    this.drop = new DropState({
      files: (files, place) => void this.sharing.offer(files, place),
      link: (text) => {
        this.inspect(text);
      },
    });
  }

  /** Without a bucket and without shares there is nothing to do but connect one. */
  get view(): View {
    if (this.#asked !== 'main' || this.board.isConnected || this.shares.hasAny) return this.#asked;
    return this.shares.wasAnswered ? 'connect' : 'opening';
  }

  /** Whether there is something to see beside the form that connects a bucket. */
  get hasMain(): boolean {
    return this.board.isConnected || this.shares.hasAny;
  }

  /** Where files go that are chosen now; undefined for the account's own bucket. */
  dropPlace(): DropPlace | undefined {
    return this.drop.placeOf(document.body);
  }

  open(view: View): void {
    if (view === this.#asked || !this.mayLeave(view)) return;
    this.#asked = view;
  }

  /** Asks what somebody else may upload to where drops go; where no bucket is known for them, first for one. */
  invite(): void {
    if (!this.board.isConnected) this.open('connect');
    else if (this.board.account?.bucket == null) this.open('buckets');
    else this.inviting.place = null;
  }

  /** Opens the view that tells what a link is. */
  inspect(text: string): void {
    this.pasted = text;
    this.open('inspect');
  }

  /** Opens the view in which an account's keys are entered again. */
  renew(account: string): void {
    this.renewing = account;
    this.open('renew');
  }

  /** Begins to listen to main and to the window. @returns what ends it */
  start(target: Window): () => void {
    const ends = [
      this.board.follow(),
      this.shares.follow(),
      this.bridge.onSharesChanged(({ rows }) => {
        this.announcer.follow(rows);
      }),
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
