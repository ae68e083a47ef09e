import type { TransferEffect, TransferEvent, TransferState } from '../../../src/shared/transfer-state.ts';

export const PLAN = { size: 20, partSize: 10, partCount: 2 };
export const FAILURE = { code: 'server-busy', message: 'Busy.' } as const;
/** An upload of two parts, the first of which has arrived. */
export const AT = { plan: PLAN, uploadId: 'u1', partsDone: 1, restarts: 0 };

/** Each kind of state, and the three that mean two things: on hold, held and waiting are paused in their way. */
export const STATES = {
  queued: { kind: 'queued', paused: false, uploadId: null },
  'on hold': { kind: 'queued', paused: true, uploadId: null },
  preparing: { kind: 'preparing', paused: false, ...AT },
  held: { kind: 'preparing', paused: true, ...AT },
  uploading: { kind: 'uploading', ...AT },
  paused: { kind: 'paused', stage: 'uploading', reason: null, ...AT },
  waiting: { kind: 'paused', stage: 'uploading', reason: FAILURE, ...AT },
  completing: { kind: 'completing', ...AT, partsDone: 2 },
  done: { kind: 'done', size: 20 },
  failed: { kind: 'failed', failure: FAILURE, kept: false },
  cancelled: { kind: 'cancelled' },
  interrupted: { kind: 'interrupted' },
} as const satisfies Record<string, TransferState>;

export type StateName = keyof typeof STATES;

export const EVENTS = {
  start: { type: 'start', plan: PLAN, uploadId: 'u1' },
  prepared: { type: 'prepared', uploadId: 'u1', partsDone: 1 },
  'part-sent': { type: 'part-sent' },
  pause: { type: 'pause' },
  resume: { type: 'resume' },
  stalled: { type: 'stalled', failure: FAILURE },
  recovered: { type: 'recovered' },
  'gave-up': { type: 'gave-up' },
  'upload-gone': { type: 'upload-gone', failure: FAILURE },
  completed: { type: 'completed' },
  failed: { type: 'failed', failure: FAILURE },
  cancel: { type: 'cancel' },
  interrupt: { type: 'interrupt' },
} as const satisfies { readonly [Type in TransferEvent['type']]: TransferEvent & { readonly type: Type } };

export function named(effect: TransferEffect): string {
  return effect.do === 'abort-upload' ? `abort-upload ${effect.uploadId ?? 'unheard'}` : effect.do;
}
