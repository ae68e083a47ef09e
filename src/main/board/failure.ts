import type { Failure } from '../../shared/board.ts';
import { asSandglassError } from '../../shared/errors.ts';

/** What the window is told of an error: made anew from its code and its words, with no cause and no stack. */
export function failureOf(error: unknown): Failure {
  const { code, message, next, requestId } = asSandglassError(error);
  return { code, message, next: next ?? null, requestId: requestId ?? null };
}
