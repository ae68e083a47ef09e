import type { Failure } from '../../shared/board.ts';
import { asSandglassError } from '../../shared/errors.ts';
import type { TransferFailure } from '../../shared/transfer-state.ts';

/** What the window is told of an error: made anew from its code and its words, with no cause and no stack. */
export function failureOf(error: unknown): Failure {
  return toldFailure(asSandglassError(error));
}

/** The same of a failure that an upload's state holds. */
export function toldFailure({ code, message, next, requestId }: TransferFailure): Failure {
  return { code, message, next: next ?? null, requestId: requestId ?? null };
}
