import type { Failure, LifeChoice, LifePreview } from '../../shared/board.ts';
import type { Answer } from '../../shared/ipc-contract.ts';
import type { Bridge } from '../bridge.ts';
import { settled, type Toasts } from './toasts.svelte.ts';

export const LIVES_IN_SECONDS = [600, 3600, 43_200, 86_400, 259_200, 604_800] as const;

const A_DAY: LifeChoice = { kind: 'seconds', seconds: 86_400 };

/** Asks main what a link of this life would be if it were signed now. */
type AskPreview = (life: LifeChoice) => Promise<Answer<LifePreview>>;

/** A life that is being chosen, and what would become of it if a link were signed now. */
export class LifeDraft {
  choice = $state.raw<LifeChoice>(A_DAY);
  preview = $state.raw<LifePreview | null>(null);
  /** Why no link could be signed so: credentials that have ended, a moment that has passed. */
  problem = $state.raw<Failure | null>(null);
  /** How many answers have been shown. */
  answers = $state(0);
  readonly #askPreview: AskPreview;
  #lastAsked = 0;

  constructor(askPreview: AskPreview) {
    this.#askPreview = askPreview;
  }

  /** Begins with a life that was chosen before, where that could still be had. @param now milliseconds since 1970 */
  beginWith(life: LifeChoice, now: number): void {
    this.choice = life.kind === 'until' && life.at <= now ? A_DAY : life;
  }

  /** Asks what a link signed now would be. Only the last question's answer is shown. */
  async look(): Promise<void> {
    this.#lastAsked += 1;
    const asked = this.#lastAsked;
    const answer = await settled(this.#askPreview(this.choice));
    if (asked !== this.#lastAsked) return;
    this.preview = answer.ok ? answer.value : null;
    this.problem = answer.ok ? null : answer.failure;
    this.answers += 1;
  }

  /** Nobody could sign a link now. */
  forget(): void {
    this.#lastAsked += 1;
    this.preview = null;
    this.problem = null;
  }
}

/** How long the links of the next drop live; main keeps the choice. */
export class LifeState extends LifeDraft {
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  #kept: LifeChoice | null = null;
  /** Choices that main has not answered yet. What it tells meanwhile is of an earlier one. */
  #unanswered = 0;

  constructor(bridge: Bridge, toasts: Toasts) {
    super((life) => bridge.previewLife({ life }));
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /**
   * Takes over the choice that main keeps, unless it is the one that was known already. A moment that has passed since
   * the last time gives way to a day: no link could be made with it.
   * @param now milliseconds since 1970
   */
  adopt(kept: LifeChoice, now: number): void {
    const isFirst = this.#kept === null;
    const isNews = JSON.stringify(kept) !== JSON.stringify(this.#kept);
    this.#kept = kept;
    if (!isNews || this.#unanswered > 0) return;
    if (isFirst && kept.kind === 'until' && kept.at <= now) void this.choose(A_DAY);
    else this.choice = kept;
  }

  async choose(life: LifeChoice): Promise<void> {
    this.choice = life;
    this.#unanswered += 1;
    await this.#toasts.unwrap(this.#bridge.chooseLife({ life }));
    this.#unanswered -= 1;
  }
}
