import { describe, expect, it } from 'vitest';
import { MAX_RESTARTS, transition, type TransferState } from '../../../src/shared/transfer-state.ts';
import { AT, EVENTS, FAILURE, named, PLAN, STATES } from './transfer-samples.ts';

const waiting = (stage: 'preparing' | 'uploading' | 'completing', partsDone = 1): TransferState => ({
  ...{ ...STATES.waiting, stage, partsDone },
});

describe('a stalled upload', () => {
  it.each([
    ['preparing', 'preparing', 'prepare'],
    ['uploading', 'uploading', 'send-parts'],
  ] as const)('goes on with %s once that works again', (stage, kind, effect) => {
    const stalled = transition(STATES[stage], EVENTS.stalled).state;
    expect(stalled).toMatchObject({ kind: 'paused', stage, reason: FAILURE });
    for (const event of [EVENTS.recovered, EVENTS.resume]) {
      const { state, effects } = transition(stalled, event);
      expect([state.kind, effects.map(named)]).toEqual([kind, ['stop-parts', effect]]);
    }
  });

  it('goes on with its end where it was just being completed', () => {
    const stalled = transition(STATES.completing, EVENTS.stalled).state;
    expect(stalled).toMatchObject({ stage: 'completing', partsDone: 2 });
    const { state, effects } = transition(stalled, EVENTS.recovered);
    expect([state.kind, effects.map(named)]).toEqual(['completing', ['stop-parts', 'complete']]);
  });

  it.each(['preparing', 'uploading', 'completing'] as const)(
    'that is given up at %s fails with the reason, and what has arrived is kept',
    (stage) => {
      const { state, effects } = transition(waiting(stage, 2), EVENTS['gave-up']);
      expect(state).toEqual({ kind: 'failed', failure: FAILURE, kept: true });
      expect(effects.map(named)).toEqual(['stop-parts']);
    },
  );

  it('keeps its first reason', () => {
    const again = { type: 'stalled', failure: { code: 'file-missing', message: 'Gone.' } } as const;
    expect(transition(STATES.waiting, again).state).toBe(STATES.waiting);
  });
});

describe('an upload that the server has lost', () => {
  it('begins anew from nothing, whatever it had come to', () => {
    for (const name of ['preparing', 'uploading', 'completing'] as const) {
      expect(transition(STATES[name], EVENTS['upload-gone']).state).toEqual({
        ...{ kind: 'preparing', paused: false, plan: PLAN },
        ...{ uploadId: null, partsDone: 0, restarts: 1 },
      });
    }
  });

  it('stays paused where it is paused, and begins anew when it is resumed', () => {
    const paused = transition(STATES.paused, EVENTS['upload-gone']).state;
    expect(paused).toMatchObject({ kind: 'paused', stage: 'preparing', uploadId: null, partsDone: 0 });
    expect(transition(paused, EVENTS.resume).effects.map(named)).toEqual(['stop-parts', 'prepare']);
    expect(transition(STATES.held, EVENTS['upload-gone']).state).toMatchObject({ paused: true });
  });

  it('begins anew three times, and fails the fourth', () => {
    let state: TransferState = STATES.uploading;
    for (let restarts = 1; restarts <= MAX_RESTARTS; restarts++) {
      state = transition(state, EVENTS['upload-gone']).state;
      expect(state).toMatchObject({ kind: 'preparing', restarts });
      state = transition(state, EVENTS.prepared).state;
    }
    const { state: end, effects } = transition(state, EVENTS['upload-gone']);
    expect([end, effects.map(named)]).toEqual([
      { kind: 'failed', failure: FAILURE, kept: false },
      ['stop-parts', 'abort-upload u1'],
    ]);
    expect(MAX_RESTARTS).toBe(3);
  });

  it('does not count a part of the lost one that lands late', () => {
    const anew = transition(STATES.uploading, EVENTS['upload-gone']).state;
    expect(transition(anew, EVENTS['part-sent']).state).toBe(anew);
  });
});

describe('the end of the process', () => {
  it('waits for an object that is just being made', () => {
    expect(transition(STATES.completing, EVENTS.interrupt)).toEqual({
      state: STATES.completing,
      effects: [],
    });
  });

  it('keeps even an upload whose id comes late', () => {
    expect(transition(STATES.interrupted, EVENTS.prepared)).toEqual({
      state: STATES.interrupted,
      effects: [],
    });
  });
});

it('what the server may have begun unheard is dropped as well as what it told', () => {
  for (const name of ['preparing', 'uploading', 'paused', 'completing'] as const) {
    const { effects } = transition({ ...STATES[name], ...AT, uploadId: null }, EVENTS.cancel);
    expect(effects).toEqual([{ do: 'stop-parts' }, { do: 'abort-upload', uploadId: null }]);
  }
});
