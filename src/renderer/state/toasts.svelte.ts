import type { Failure } from '../../shared/board.ts';
import type { Answer } from '../../shared/ipc-contract.ts';
import { namedIn } from '../model/shown-name.ts';
import { tellNumber } from '../telling.ts';
import { words } from '../words.ts';

/** What can be done about a toast, beside dismissing it. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly kind: 'note' | 'failure';
  readonly message: string;
  /** What the message sums up, one a line. */
  readonly details: readonly string[];
  readonly next: string | null;
  readonly requestId: string | null;
  readonly action: ToastAction | null;
}

/** A file, or what was taken for one, that is not shared. */
export interface Refusal {
  readonly name: string;
  readonly failure: Failure;
}

const NOTE_MS = 5_000;
const NAMED_REFUSALS = 3;
const PLAIN = { details: [], next: null, requestId: null, action: null } as const;

/** What the window has to say. A note leaves by itself; a failure, and what asks for an answer, stays. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  /** While somebody is at one of them, by keyboard or by pointer, none leaves by itself. */
  isHeld = false;
  #lastId = 0;

  /** Said once more while it is still to be seen, a note begins its time anew instead of standing there twice. */
  note(message: string): void {
    this.#leaveLater(this.#add({ ...PLAIN, kind: 'note', message }));
  }

  /** Says something that can be answered, and stays until it is, or is dismissed. */
  offer(message: string, action: ToastAction): void {
    const id = this.#add({
      ...{ ...PLAIN, kind: 'note', message },
      action: {
        label: action.label,
        run: () => {
          this.dismiss(id);
          action.run();
        },
      },
    });
  }

  /** @param name of the file or account it is about, if not plain from the failure itself */
  fail({ message, next, requestId }: Failure, name?: string): void {
    const said = name === undefined ? message : words.told.refused(namedIn(name), message);
    this.#add({ ...PLAIN, kind: 'failure', message: said, next, requestId });
  }

  /** Many refusals are one message: a window full of them could be read by nobody. */
  failAll(refusals: readonly Refusal[]): void {
    const [first] = refusals;
    if (first === undefined) return;
    if (refusals.length === 1) {
      this.fail(first.failure, first.name);
      return;
    }
    const named = refusals.slice(0, NAMED_REFUSALS);
    const more = refusals.length - named.length;
    const sameNext = refusals.every(({ failure }) => failure.next === first.failure.next);
    this.#add({
      ...{ ...PLAIN, kind: 'failure' },
      message: words.told.notShared(refusals.length, tellNumber(refusals.length)),
      details: [
        ...named.map(({ name, failure }) => words.told.refused(namedIn(name), failure.message)),
        ...(more > 0 ? [words.told.andMore(tellNumber(more))] : []),
      ],
      next: sameNext ? first.failure.next : null,
    });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Dismisses all that would not leave by itself. @returns whether there was any */
  dismissStaying(): boolean {
    const leaving = this.list.filter(({ kind, action }) => kind === 'note' && action === null);
    const hadAny = leaving.length < this.list.length;
    if (hadAny) this.list = leaving;
    return hadAny;
  }

  /**
   * Unwraps an answer and tells its failure.
   * @returns the value, which is null for “done”; undefined where it failed and that has been told
   */
  async unwrap<Output>(asking: Promise<Answer<Output>>): Promise<Output | undefined> {
    const answer = await settled(asking);
    if (answer.ok) return answer.value;
    this.fail(answer.failure);
    return undefined;
  }

  #leaveLater(id: number): void {
    setTimeout(() => {
      if (this.isHeld) this.#leaveLater(id);
      else this.dismiss(id);
    }, NOTE_MS);
  }

  #add(toast: Omit<Toast, 'id'>): number {
    this.#lastId += 1;
    const others = this.list.filter(({ kind, message }) => kind !== toast.kind || message !== toast.message);
    this.list = [...others, { id: this.#lastId, ...toast }];
    return this.#lastId;
  }
}

/** The answer; a bridge that breaks, as when main is gone, counts as a failure like any other. */
export async function settled<Output>(asking: Promise<Answer<Output>>): Promise<Answer<Output>> {
  try {
    return await asking;
  } catch {
    const { bridgeBroke, bridgeBrokeNext } = words.app;
    const failure = { code: 'internal', message: bridgeBroke, next: bridgeBrokeNext, requestId: null };
    return { ok: false, failure };
  }
}
