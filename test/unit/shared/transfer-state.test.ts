import { describe, expect, it } from 'vitest';
import {
  isFinal,
  transition,
  type TransferEvent,
  type TransferState,
} from '../../../src/shared/transfer-state.ts';
import { EVENTS, FAILURE, named, PLAN, STATES, type StateName } from './transfer-samples.ts';

type Row = readonly [StateName, TransferEvent['type'], TransferState['kind'], string];

/** What ends an upload that is under way, in every such state. */
const ENDS: readonly Row[] = (
  ['preparing', 'held', 'uploading', 'paused', 'waiting', 'completing'] as const
).flatMap((state) => [
  [state, 'failed', 'failed', 'stop-parts, abort-upload u1'] as const,
  [state, 'cancel', 'cancelled', 'stop-parts, abort-upload u1'] as const,
]);

/** Every pair of state and event that does something; all others must do nothing. */
const TABLE: readonly Row[] = [
  ['queued', 'start', 'preparing', 'prepare'],
  ['queued', 'pause', 'queued', ''],
  ['queued', 'resume', 'queued', ''],
  ['queued', 'failed', 'failed', 'stop-parts, abort-upload unheard'],
  ['queued', 'cancel', 'cancelled', 'stop-parts, abort-upload unheard'],
  ['queued', 'interrupt', 'interrupted', 'stop-parts'],
  ['on hold', 'start', 'paused', ''],
  ['on hold', 'pause', 'queued', ''],
  ['on hold', 'resume', 'queued', ''],
  ['on hold', 'failed', 'failed', 'stop-parts, abort-upload unheard'],
  ['on hold', 'cancel', 'cancelled', 'stop-parts, abort-upload unheard'],
  ['on hold', 'interrupt', 'interrupted', 'stop-parts'],
  ...ENDS,
  ['preparing', 'prepared', 'uploading', 'send-parts'],
  ['preparing', 'pause', 'preparing', ''],
  ['preparing', 'resume', 'preparing', ''],
  ['preparing', 'stalled', 'paused', 'stop-parts, await-recovery'],
  ['preparing', 'upload-gone', 'preparing', 'stop-parts, prepare'],
  ['preparing', 'interrupt', 'interrupted', 'stop-parts'],
  ['held', 'prepared', 'paused', ''],
  ['held', 'pause', 'preparing', ''],
  ['held', 'resume', 'preparing', ''],
  ['held', 'stalled', 'paused', 'stop-parts'],
  ['held', 'upload-gone', 'preparing', 'stop-parts, prepare'],
  ['held', 'interrupt', 'interrupted', 'stop-parts'],
  ['uploading', 'part-sent', 'completing', 'complete'],
  ['uploading', 'pause', 'paused', 'stop-parts'],
  ['uploading', 'stalled', 'paused', 'stop-parts, await-recovery'],
  ['uploading', 'upload-gone', 'preparing', 'stop-parts, prepare'],
  ['uploading', 'interrupt', 'interrupted', 'stop-parts'],
  ['paused', 'part-sent', 'paused', ''],
  ['paused', 'pause', 'paused', 'stop-parts'],
  ['paused', 'resume', 'uploading', 'stop-parts, send-parts'],
  ['paused', 'upload-gone', 'paused', ''],
  ['paused', 'interrupt', 'interrupted', 'stop-parts'],
  ['waiting', 'part-sent', 'paused', ''],
  ['waiting', 'pause', 'paused', 'stop-parts'],
  ['waiting', 'resume', 'uploading', 'stop-parts, send-parts'],
  ['waiting', 'recovered', 'uploading', 'stop-parts, send-parts'],
  ['waiting', 'gave-up', 'failed', 'stop-parts'],
  ['waiting', 'upload-gone', 'paused', ''],
  ['waiting', 'interrupt', 'interrupted', 'stop-parts'],
  ['completing', 'completed', 'done', ''],
  ['completing', 'stalled', 'paused', 'stop-parts, await-recovery'],
  ['completing', 'upload-gone', 'preparing', 'stop-parts, prepare'],
  ['failed', 'prepared', 'failed', 'abort-upload u1'],
  ['cancelled', 'prepared', 'cancelled', 'abort-upload u1'],
];

describe('an upload’s state', () => {
  it.each(TABLE)('%s, at %s, becomes %s and demands “%s”', (state, event, next, effects) => {
    const result = transition(STATES[state], EVENTS[event]);
    expect([result.state.kind, result.effects.map(named).join(', ')]).toEqual([next, effects]);
  });

  it('stays the very same object at every event that means nothing in it', () => {
    const meaningful = new Set(TABLE.map(([state, event]) => `${state} ${event}`));
    for (const [name, state] of Object.entries(STATES)) {
      for (const event of Object.values(EVENTS)) {
        if (meaningful.has(`${name} ${event.type}`)) continue;
        const result = transition(state, event);
        expect([name, event.type, result.state === state, result.effects]).toEqual([
          name,
          event.type,
          true,
          [],
        ]);
      }
    }
  });

  it('is final when done, failed, cancelled or interrupted', () => {
    const final = Object.values(STATES).filter(isFinal);
    expect(final.map(({ kind }) => kind)).toEqual(['done', 'failed', 'cancelled', 'interrupted']);
  });

  it('keeps the failure as it was told, and nothing on the server', () => {
    const failed = { kind: 'failed', failure: FAILURE, kept: false };
    expect(transition(STATES.uploading, EVENTS.failed).state).toEqual(failed);
    expect(transition(STATES.queued, EVENTS.failed).state).toEqual(failed);
  });
});

describe('a pause', () => {
  it('that came while the upload waited for its turn holds when the turn comes, unless it was taken back', () => {
    const held = transition(STATES.queued, EVENTS.pause).state;
    const begun = transition(held, EVENTS.start).state;
    expect(begun).toEqual({
      ...{ kind: 'paused', stage: 'preparing', reason: null },
      ...{ plan: PLAN, uploadId: 'u1', partsDone: 0, restarts: 0 },
    });
    expect(transition(begun, EVENTS.resume)).toMatchObject({
      state: { kind: 'preparing', paused: false, uploadId: 'u1' },
    });
    const resumed = transition(held, EVENTS.resume).state;
    expect(transition(resumed, EVENTS.start).state.kind).toBe('preparing');
  });

  it('that came while the upload was being begun holds, unless it was taken back', () => {
    const held = transition(STATES.preparing, EVENTS.pause).state;
    expect(transition(held, EVENTS.prepared)).toMatchObject({ state: { kind: 'paused' }, effects: [] });
    const resumed = transition(held, EVENTS.resume).state;
    expect(transition(resumed, EVENTS.prepared)).toMatchObject({ state: { kind: 'uploading' } });
  });

  it('by a person takes the place of a reason, and then nothing ends it but that person', () => {
    const paused = transition(STATES.waiting, EVENTS.pause).state;
    expect(paused).toMatchObject({ kind: 'paused', reason: null, stage: 'uploading', partsDone: 1 });
    for (const event of ['recovered', 'gave-up', 'stalled'] as const)
      expect(transition(paused, EVENTS[event]).state).toBe(paused);
  });

  it('by a person stays theirs where the line goes while the upload is being begun', () => {
    const held = transition(STATES.held, EVENTS.stalled);
    expect(held.state).toMatchObject({ kind: 'paused', stage: 'preparing', reason: null });
  });
});

describe('parts', () => {
  it('are counted, and the last of them alone completes', () => {
    const first = transition({ ...STATES.uploading, partsDone: 0 }, EVENTS['part-sent']);
    expect(first).toEqual({ state: STATES.uploading, effects: [] });
  });

  it('that arrive during a pause count, and what is resumed then goes straight to the end', () => {
    for (const state of [STATES.paused, STATES.waiting]) {
      const late = transition(state, EVENTS['part-sent']).state;
      expect(late).toMatchObject({ kind: 'paused', partsDone: 2 });
      const resumed = transition(late, EVENTS.resume);
      expect([resumed.state.kind, resumed.effects.map(named)]).toEqual([
        'completing',
        ['stop-parts', 'complete'],
      ]);
    }
  });

  it('that an earlier process has sent count, and where none is missing nothing is sent', () => {
    const some = transition(STATES.preparing, EVENTS.prepared);
    expect(some.state).toMatchObject({ kind: 'uploading', partsDone: 1 });
    const all = transition(STATES.preparing, { ...EVENTS.prepared, partsDone: 2 });
    expect([all.state.kind, all.effects.map(named)]).toEqual(['completing', ['complete']]);
  });
});
