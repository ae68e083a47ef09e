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

/** How far an upload has come. */
export interface Course {
  readonly plan: TransferPlan;
  /** What is under way on the server; null for a single PUT, and before the upload was begun there. */
  readonly uploadId: string | null;
  readonly partsDone: number;
  /** How often the server had lost the upload, so that it was begun anew. */
  readonly restarts: number;
}

export type Stage = 'preparing' | 'uploading' | 'completing';

/** Where an upload stands. Done, failed, cancelled and interrupted are final. */
export type TransferState =
  /** The upload id is one of an earlier process, to be taken up or dropped. */
  | { readonly kind: 'queued'; readonly paused: boolean; readonly uploadId: string | null }
  /** A pause that comes while the upload is being begun holds once it has begun. */
  | ({ readonly kind: 'preparing'; readonly paused: boolean } & Course)
  | ({ readonly kind: 'uploading' } & Course)
  /** With a reason it waits for something outside and goes on by itself; without one a person has paused it. */
  | ({ readonly kind: 'paused'; readonly stage: Stage; readonly reason: TransferFailure | null } & Course)
  | ({ readonly kind: 'completing' } & Course)
  | { readonly kind: 'done'; readonly size: number }
  /** `kept`: what has arrived stays on the server, for the upload may be taken up again. */
  | { readonly kind: 'failed'; readonly failure: TransferFailure; readonly kept: boolean }
  | { readonly kind: 'cancelled' }
  /** The process ends: what has arrived stays on the server. */
  | { readonly kind: 'interrupted' };

export type TransferEvent =
  /** The upload id is one that an earlier process began, to be taken up. */
  | { readonly type: 'start'; readonly plan: TransferPlan; readonly uploadId: string | null }
  | { readonly type: 'prepared'; readonly uploadId: string | null; readonly partsDone: number }
  | { readonly type: 'part-sent' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Something outside fails that may come back: the network, a drive, the credentials. */
  | { readonly type: 'stalled'; readonly failure: TransferFailure }
  | { readonly type: 'recovered' }
  | { readonly type: 'gave-up' }
  | { readonly type: 'upload-gone'; readonly failure: TransferFailure }
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
  | { readonly do: 'await-recovery' }
  /** Null where the server may have begun an upload without our hearing its id. */
  | { readonly do: 'abort-upload'; readonly uploadId: string | null };

export interface Transition {
  readonly state: TransferState;
  readonly effects: readonly TransferEffect[];
}

/** How often an upload that the server has lost is begun anew. */
export const MAX_RESTARTS = 3;

type State<Kind extends TransferState['kind']> = Extract<TransferState, { kind: Kind }>;
type UnderWay = State<Stage | 'paused'>;

const FINAL: ReadonlySet<TransferState['kind']> = new Set(['done', 'failed', 'cancelled', 'interrupted']);
const STOP: TransferEffect = { do: 'stop-parts' };

export function isFinal(state: TransferState): boolean {
  return FINAL.has(state.kind);
}

/**
 * The next state and what has to be done for it. Pure. An event that means nothing in a state changes nothing, for
 * answers may arrive after a person has decided otherwise.
 */
export function transition(state: TransferState, event: TransferEvent): Transition {
  const stay: Transition = { state, effects: [] };
  switch (state.kind) {
    case 'interrupted':
    case 'done':
      return stay;
    case 'failed':
    case 'cancelled':
      return event.type === 'prepared' ? { state, effects: [abortion(event.uploadId)] } : stay;
    case 'queued':
      return whileQueued(state, event) ?? stay;
    default:
      return underWay(state, event) ?? stay;
  }
}

function whileQueued(state: State<'queued'>, event: TransferEvent): Transition | null {
  if (event.type === 'pause') return { state: { ...state, paused: true }, effects: [] };
  if (event.type === 'resume') return { state: { ...state, paused: false }, effects: [] };
  if (event.type === 'cancel') return ending({ kind: 'cancelled' }, state);
  if (event.type === 'interrupt') return { state: { kind: 'interrupted' }, effects: [STOP] };
  if (event.type === 'failed') return ending({ kind: 'failed', failure: event.failure, kept: false }, state);
  if (event.type !== 'start') return null;
  const { plan, uploadId } = event;
  const course: Course = { plan, uploadId, partsDone: 0, restarts: 0 };
  if (state.paused)
    return { state: { kind: 'paused', stage: 'preparing', reason: null, ...course }, effects: [] };
  return { state: { kind: 'preparing', paused: false, ...course }, effects: [{ do: 'prepare' }] };
}

function underWay(state: UnderWay, event: TransferEvent): Transition | null {
  switch (event.type) {
    case 'cancel':
      return ending({ kind: 'cancelled' }, state);
    case 'failed':
      return ending({ kind: 'failed', failure: event.failure, kept: false }, state);
    case 'interrupt':
      return interrupted(state);
    case 'stalled':
      return stalled(state, event.failure);
    case 'upload-gone':
      return startedOver(state, event.failure);
    case 'part-sent':
      return partSent(state);
    default:
      return inState(state, event);
  }
}

function inState(state: UnderWay, event: TransferEvent): Transition | null {
  switch (state.kind) {
    case 'preparing':
      return whilePreparing(state, event);
    case 'uploading':
      return event.type === 'pause'
        ? { state: { ...courseOf(state), kind: 'paused', stage: 'uploading', reason: null }, effects: [STOP] }
        : null;
    case 'paused':
      return whilePaused(state, event);
    case 'completing':
      return event.type === 'completed'
        ? { state: { kind: 'done', size: state.plan.size }, effects: [] }
        : null;
  }
}

function whilePreparing(state: State<'preparing'>, event: TransferEvent): Transition | null {
  if (event.type === 'pause') return { state: { ...state, paused: true }, effects: [] };
  if (event.type === 'resume') return { state: { ...state, paused: false }, effects: [] };
  if (event.type !== 'prepared') return null;
  const course = { ...courseOf(state), uploadId: event.uploadId, partsDone: event.partsDone };
  return state.paused
    ? { state: { ...course, kind: 'paused', stage: 'uploading', reason: null }, effects: [] }
    : sending(course);
}

function whilePaused(state: State<'paused'>, event: TransferEvent): Transition | null {
  if (event.type === 'pause') return { state: { ...state, reason: null }, effects: [STOP] };
  // It was begun before the pause came, and nobody would know of it if it were not kept.
  if (event.type === 'prepared' && state.stage === 'preparing') {
    const { uploadId, partsDone } = event;
    return { state: { ...state, uploadId, partsDone, stage: 'uploading' }, effects: [] };
  }
  if (event.type === 'gave-up' && state.reason) {
    return { state: { kind: 'failed', failure: state.reason, kept: true }, effects: [STOP] };
  }
  if (event.type !== 'resume' && !(event.type === 'recovered' && state.reason)) return null;
  const course = courseOf(state);
  const { state: next, effects } =
    state.stage === 'preparing'
      ? ({
          state: { ...course, kind: 'preparing', paused: false },
          effects: [{ do: 'prepare' }],
        } as const)
      : sending(course);
  // Whatever still waits for the recovery is told that a person was faster.
  return { state: next, effects: [STOP, ...effects] };
}

/** A part whose answer was on its way when a pause began is on the server all the same. */
function partSent(state: UnderWay): Transition | null {
  if (state.kind === 'preparing' || state.kind === 'completing') return null;
  const partsDone = state.partsDone + 1;
  if (state.kind === 'paused' || partsDone < state.plan.partCount) {
    return { state: { ...state, partsDone }, effects: [] };
  }
  return sending({ ...courseOf(state), partsDone });
}

function sending(course: Course): Transition {
  return course.partsDone < course.plan.partCount
    ? { state: { ...course, kind: 'uploading' }, effects: [{ do: 'send-parts' }] }
    : { state: { ...course, kind: 'completing' }, effects: [{ do: 'complete' }] };
}

function stalled(state: UnderWay, failure: TransferFailure): Transition | null {
  if (state.kind === 'paused') return null;
  const stage = state.kind;
  const byPerson = state.kind === 'preparing' && state.paused;
  return {
    state: { ...courseOf(state), kind: 'paused', stage, reason: byPerson ? null : failure },
    effects: byPerson ? [STOP] : [STOP, { do: 'await-recovery' }],
  };
}

/** The server has dropped the upload: every part is sent again, a few times at the most. */
function startedOver(state: UnderWay, failure: TransferFailure): Transition {
  if (state.restarts >= MAX_RESTARTS) return ending({ kind: 'failed', failure, kept: false }, state);
  const course: Course = { plan: state.plan, uploadId: null, partsDone: 0, restarts: state.restarts + 1 };
  if (state.kind === 'paused') return { state: { ...state, ...course, stage: 'preparing' }, effects: [] };
  const paused = state.kind === 'preparing' && state.paused;
  return { state: { kind: 'preparing', paused, ...course }, effects: [STOP, { do: 'prepare' }] };
}

/** An object that is just being made is waited for: nobody could tell afterwards whether it is there. */
function interrupted(state: UnderWay): Transition {
  if (state.kind === 'completing') return { state, effects: [] };
  return { state: { kind: 'interrupted' }, effects: [STOP] };
}

/** Parts are drained before the abort: one that lands afterwards would lie in the bucket unseen, and be paid for. */
function ending(end: TransferState, state: UnderWay | State<'queued'>): Transition {
  return { state: end, effects: [STOP, abortion(state.uploadId)] };
}

function abortion(uploadId: string | null): TransferEffect {
  return { do: 'abort-upload', uploadId };
}

function courseOf({ plan, uploadId, partsDone, restarts }: Course): Course {
  return { plan, uploadId, partsDone, restarts };
}
