import type { ErrorCode } from './errors.ts';

/** How a file is cut, in bytes. A plan of one part is sent as a single PUT. */
export interface TransferPlan {
  readonly size: number;
  readonly partSize: number;
  readonly partCount: number;
}

export interface TransferFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next?: string | undefined;
  readonly requestId?: string | undefined;
}

/** What is under way on the server: the upload id of a multipart upload, or null for a single PUT. */
interface UnderWay {
  readonly plan: TransferPlan;
  readonly uploadId: string | null;
  readonly partsDone: number;
}

/** Where an upload stands. Done, failed, cancelled and interrupted are final. */
export type TransferState =
  | { readonly kind: 'queued' }
  /** A pause that comes while the upload is being begun holds once it has begun. */
  | { readonly kind: 'preparing'; readonly paused: boolean }
  | ({ readonly kind: 'uploading' } & UnderWay)
  | ({ readonly kind: 'paused' } & UnderWay)
  | ({ readonly kind: 'completing' } & UnderWay)
  | { readonly kind: 'done'; readonly size: number }
  | { readonly kind: 'failed'; readonly failure: TransferFailure }
  | { readonly kind: 'cancelled' }
  /** The process ends: what has arrived stays on the server. */
  | { readonly kind: 'interrupted' };

export type TransferEvent =
  | { readonly type: 'start' }
  | { readonly type: 'prepared'; readonly plan: TransferPlan; readonly uploadId: string | null }
  | { readonly type: 'part-sent' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'completed' }
  | { readonly type: 'failed'; readonly failure: TransferFailure }
  | { readonly type: 'cancel' }
  | { readonly type: 'interrupt' };

/** What the engine must do because of a transition, in this order. */
export type TransferEffect =
  | { readonly do: 'prepare' }
  | { readonly do: 'send-parts' }
  | { readonly do: 'stop-parts' }
  | { readonly do: 'complete' }
  | { readonly do: 'abort-upload'; readonly uploadId: string };

export interface Transition {
  readonly state: TransferState;
  readonly effects: readonly TransferEffect[];
}

const FINAL: ReadonlySet<TransferState['kind']> = new Set(['done', 'failed', 'cancelled', 'interrupted']);

export function isFinal(state: TransferState): boolean {
  return FINAL.has(state.kind);
}

/**
 * The next state and what has to be done for it. Pure. An event that means nothing in a state changes nothing, for
 * answers may arrive after a person has decided otherwise.
 */
export function transition(state: TransferState, event: TransferEvent): Transition {
  const stay: Transition = { state, effects: [] };
  if (state.kind === 'interrupted') return stay;
  if (isFinal(state)) return event.type === 'prepared' ? { state, effects: abortion(event.uploadId) } : stay;
  if (event.type === 'cancel') return ending({ kind: 'cancelled' }, state);
  if (event.type === 'interrupt') return interrupted(state);
  if (event.type === 'failed') return ending({ kind: 'failed', failure: event.failure }, state);
  switch (state.kind) {
    case 'queued':
      return event.type === 'start'
        ? { state: { kind: 'preparing', paused: false }, effects: [{ do: 'prepare' }] }
        : stay;
    case 'preparing':
      return whilePreparing(state, event) ?? stay;
    case 'uploading':
      return whileUploading(state, event) ?? stay;
    case 'paused':
      return whilePaused(state, event) ?? stay;
    case 'completing':
      return event.type === 'completed'
        ? { state: { kind: 'done', size: state.plan.size }, effects: [] }
        : stay;
    default:
      return stay;
  }
}

function whilePreparing(
  state: Extract<TransferState, { kind: 'preparing' }>,
  event: TransferEvent,
): Transition | null {
  if (event.type === 'pause') return { state: { ...state, paused: true }, effects: [] };
  if (event.type === 'resume') return { state: { ...state, paused: false }, effects: [] };
  if (event.type !== 'prepared') return null;
  const { plan, uploadId } = event;
  return state.paused
    ? { state: { kind: 'paused', plan, uploadId, partsDone: 0 }, effects: [] }
    : { state: { kind: 'uploading', plan, uploadId, partsDone: 0 }, effects: [{ do: 'send-parts' }] };
}

function whileUploading(
  state: Extract<TransferState, { kind: 'uploading' }>,
  event: TransferEvent,
): Transition | null {
  if (event.type === 'pause') return { state: { ...state, kind: 'paused' }, effects: [{ do: 'stop-parts' }] };
  if (event.type !== 'part-sent') return null;
  const partsDone = state.partsDone + 1;
  return partsDone < state.plan.partCount
    ? { state: { ...state, partsDone }, effects: [] }
    : { state: { ...state, partsDone, kind: 'completing' }, effects: [{ do: 'complete' }] };
}

function whilePaused(
  state: Extract<TransferState, { kind: 'paused' }>,
  event: TransferEvent,
): Transition | null {
  // A part whose answer was on its way when the pause began is on the server all the same.
  if (event.type === 'part-sent') return { state: { ...state, partsDone: state.partsDone + 1 }, effects: [] };
  if (event.type !== 'resume') return null;
  return state.partsDone < state.plan.partCount
    ? { state: { ...state, kind: 'uploading' }, effects: [{ do: 'send-parts' }] }
    : { state: { ...state, kind: 'completing' }, effects: [{ do: 'complete' }] };
}

/** An object that is just being made is waited for: nobody could tell afterwards whether it is there. */
function interrupted(state: TransferState): Transition {
  if (state.kind === 'completing') return { state, effects: [] };
  return { state: { kind: 'interrupted' }, effects: [{ do: 'stop-parts' }] };
}

/** Parts are drained before the abort: one that lands afterwards would lie in the bucket unseen, and be paid for. */
function ending(end: TransferState, state: TransferState): Transition {
  const uploadId = 'uploadId' in state ? state.uploadId : null;
  return { state: end, effects: [{ do: 'stop-parts' }, ...abortion(uploadId)] };
}

function abortion(uploadId: string | null): readonly TransferEffect[] {
  return uploadId === null ? [] : [{ do: 'abort-upload', uploadId }];
}
