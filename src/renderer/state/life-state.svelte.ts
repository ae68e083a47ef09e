import type { Failure, LifeChoice, LifePreview } from '../../shared/board.ts';
import type { Bridge } from '../bridge.ts';
import { settled, type Toasts } from './toasts.svelte.ts';

export const LIVES_IN_SECONDS = [600, 3600, 43_200, 86_400, 259_200, 604_800] as const;

/** How long the next link lives, and what would become of that if it were signed now. */
export class LifeState {
  choice = $state.raw<LifeChoice>({ kind: 'seconds', seconds: 86_400 });
  preview = $state.raw<LifePreview | null>(null);
  /** Why no link could be signed so: credentials that have ended, a moment that has passed. */
  problem = $state.raw<Failure | null>(null);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  #lastAsked = 0;
  #kept = '';

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /** Takes over the choice that main keeps, unless it is the one that was known already. */
  adopt(kept: LifeChoice): void {
    const text = JSON.stringify(kept);
    if (text === this.#kept) return;
    this.#kept = text;
    this.choice = kept;
  }

  async choose(life: LifeChoice): Promise<void> {
    this.choice = life;
    await this.#toasts.unwrap(this.#bridge.chooseLife({ life }));
  }

  /** Asks what a link signed now would be. Only the last question's answer is shown. */
  async look(): Promise<void> {
    this.#lastAsked += 1;
    const asked = this.#lastAsked;
    const answer = await settled(this.#bridge.previewLife({ life: this.choice }));
    if (asked !== this.#lastAsked) return;
    this.preview = answer.ok ? answer.value : null;
    this.problem = answer.ok ? null : answer.failure;
  }

  /** Nobody could sign a link now. */
  forget(): void {
    this.#lastAsked += 1;
    this.preview = null;
    this.problem = null;
  }
}
