import type { Failure } from '../../shared/board.ts';
import type { Answer } from '../../shared/ipc-contract.ts';
import { words } from '../words.ts';

export interface Toast {
  readonly id: number;
  readonly kind: 'note' | 'failure';
  readonly message: string;
  readonly next: string | null;
  readonly requestId: string | null;
}

const NOTE_MS = 5_000;

/** What the window has to say. A note leaves by itself; a failure stays until it is dismissed. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #lastId = 0;

  /** Said once more while it is still to be seen, a note begins its time anew instead of standing there twice. */
  note(message: string): void {
    const same = this.list.find((toast) => toast.kind === 'note' && toast.message === message);
    if (same) this.dismiss(same.id);
    const id = this.#add({ kind: 'note', message, next: null, requestId: null });
    setTimeout(() => {
      this.dismiss(id);
    }, NOTE_MS);
  }

  /** @param name of the file or account it is about, if not plain from the failure itself */
  fail({ message, next, requestId }: Failure, name?: string): void {
    const said = name === undefined ? message : words.told.refused(name, message);
    const same = this.list.find((toast) => toast.kind === 'failure' && toast.message === said);
    if (same) this.dismiss(same.id);
    this.#add({ kind: 'failure', message: said, next, requestId });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
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

  #add(toast: Omit<Toast, 'id'>): number {
    this.#lastId += 1;
    this.list = [...this.list, { id: this.#lastId, ...toast }];
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
