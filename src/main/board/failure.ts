import { MOST_TOLD, type Failure } from '../../shared/board.ts';
import { asSandglassError } from '../../shared/errors.ts';
import type { TransferFailure } from '../../shared/transfer-state.ts';
import { inWords } from '../../shared/words/spoken.ts';

/**
 * What the window is told of an error: made anew from its code and its words, with no cause and no stack. The words are
 * those of the language in use.
 */
export function failureOf(error: unknown): Failure {
  return toldFailure(asSandglassError(error));
}

/** The same of a failure that an upload's state holds. */
export function toldFailure({ code, message, next, requestId }: TransferFailure): Failure {
  return {
    ...{ code, message: short(inWords(message)), next: next === undefined ? null : short(inWords(next)) },
    requestId: requestId ?? null,
  };
}

/** A sentence may hold a name, and a name may be longer than the window is told of anything. */
function short(sentence: string): string {
  return sentence.length > MOST_TOLD ? `${sentence.slice(0, MOST_TOLD - 1)}…` : sentence;
}
