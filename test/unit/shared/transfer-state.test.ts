import { describe, expect, it } from 'vitest';
import {
  isFinal,
  transition,
  type TransferEffect,
  type TransferEvent,
  type TransferState,
} from '../../../src/shared/transfer-state.ts';

const plan = { size: 20, partSize: 10, partCount: 2 };
const failure = { code: 'server-busy', message: 'Busy.' } as const;
const at = { plan, uploadId: 'u1', partsDone: 1 };

const STATES = {
  queued: { kind: 'queued' },
  preparing: { kind: 'preparing', paused: false },
  uploading: { kind: 'uploading', ...at },
  paused: { kind: 'paused', ...at },
  completing: { kind: 'completing', ...at, partsDone: 2 },
  done: { kind: 'done', size: 20 },
  failed: { kind: 'failed', failure },
  cancelled: { kind: 'cancelled' },
  interrupted: { kind: 'interrupted' },
} as const satisfies Record<TransferState['kind'], TransferState>;

const EVENTS = {
  start: { type: 'start' },
  prepared: { type: 'prepared', plan, uploadId: 'u1' },
  'part-sent': { type: 'part-sent' },
  pause: { type: 'pause' },
  resume: { type: 'resume' },
  completed: { type: 'completed' },
  failed: { type: 'failed', failure },
  cancel: { type: 'cancel' },
  interrupt: { type: 'interrupt' },
} as const satisfies Record<TransferEvent['type'], TransferEvent>;

type Row = readonly [TransferState['kind'], TransferEvent['type'], TransferState['kind'], string];

/** Every pair of state and event that does something; all others must do nothing. */
const TABLE: readonly Row[] = [
  ['queued', 'start', 'preparing', 'prepare'],
  ['queued', 'failed', 'failed', 'stop-parts'],
  ['queued', 'cancel', 'cancelled', 'stop-parts'],
  ['queued', 'interrupt', 'interrupted', 'stop-parts'],
  ['preparing', 'prepared', 'uploading', 'send-parts'],
  ['preparing', 'pause', 'preparing', ''],
  ['preparing', 'resume', 'preparing', ''],
  ['preparing', 'failed', 'failed', 'stop-parts'],
  ['preparing', 'cancel', 'cancelled', 'stop-parts'],
  ['preparing', 'interrupt', 'interrupted', 'stop-parts'],
  ['uploading', 'part-sent', 'completing', 'complete'],
  ['uploading', 'pause', 'paused', 'stop-parts'],
  ['uploading', 'failed', 'failed', 'stop-parts, abort-upload u1'],
  ['uploading', 'interrupt', 'interrupted', 'stop-parts'],
  ['paused', 'interrupt', 'interrupted', 'stop-parts'],
  ['uploading', 'cancel', 'cancelled', 'stop-parts, abort-upload u1'],
  ['paused', 'part-sent', 'paused', ''],
  ['paused', 'resume', 'uploading', 'send-parts'],
  ['paused', 'failed', 'failed', 'stop-parts, abort-upload u1'],
  ['paused', 'cancel', 'cancelled', 'stop-parts, abort-upload u1'],
  ['completing', 'completed', 'done', ''],
  ['completing', 'failed', 'failed', 'stop-parts, abort-upload u1'],
  ['completing', 'cancel', 'cancelled', 'stop-parts, abort-upload u1'],
  ['done', 'prepared', 'done', 'abort-upload u1'],
  ['failed', 'prepared', 'failed', 'abort-upload u1'],
  ['cancelled', 'prepared', 'cancelled', 'abort-upload u1'],
];

const named = (effect: TransferEffect) =>
  effect.do === 'abort-upload' ? `abort-upload ${effect.uploadId}` : effect.do;

describe('an upload’s state', () => {
  it.each(TABLE)('%s, at %s, becomes %s and demands “%s”', (state, event, next, effects) => {
    const result = transition(STATES[state], EVENTS[event]);
    expect([result.state.kind, result.effects.map(named).join(', ')]).toEqual([next, effects]);
  });

  it('stays the very same object at every event that means nothing in it', () => {
    const meaningful = new Set(TABLE.map(([state, event]) => `${state} ${event}`));
    for (const state of Object.values(STATES)) {
      for (const event of Object.values(EVENTS)) {
        if (meaningful.has(`${state.kind} ${event.type}`)) continue;
        const result = transition(state, event);
        expect(result.state).toBe(state);
        expect(result.effects).toEqual([]);
      }
    }
  });

  it('holds a pause that came while the upload was being begun, unless it was taken back', () => {
    const held = transition(STATES.preparing, EVENTS.pause).state;
    expect(transition(held, EVENTS.prepared)).toMatchObject({ state: { kind: 'paused' }, effects: [] });
    const resumed = transition(held, EVENTS.resume).state;
    expect(transition(resumed, EVENTS.prepared)).toMatchObject({ state: { kind: 'uploading' } });
  });

  it('counts parts, and completes with the last of them only', () => {
    const first = transition({ ...STATES.uploading, partsDone: 0 }, EVENTS['part-sent']);
    expect(first).toEqual({ state: STATES.uploading, effects: [] });
  });

  it('counts a part that arrives during a pause, and resumes straight to the end where it was the last', () => {
    const late = transition(STATES.paused, EVENTS['part-sent']).state;
    expect(late).toMatchObject({ kind: 'paused', partsDone: 2 });
    const resumed = transition(late, EVENTS.resume);
    expect([resumed.state.kind, resumed.effects.map(named)]).toEqual(['completing', ['complete']]);
  });

  it('has nothing to abort where no multipart upload was begun', () => {
    for (const kind of ['uploading', 'paused', 'completing'] as const) {
      const { effects } = transition({ ...STATES[kind], uploadId: null }, EVENTS.cancel);
      expect(effects.map(named)).toEqual(['stop-parts']);
    }
    expect(transition(STATES.cancelled, { ...EVENTS.prepared, uploadId: null }).effects).toEqual([]);
  });

  it('keeps the failure as it was told', () => {
    expect(transition(STATES.uploading, EVENTS.failed).state).toEqual({ kind: 'failed', failure });
  });

  it('is final when done, failed, cancelled or interrupted', () => {
    const final = Object.values(STATES).filter(isFinal);
    expect(final.map(({ kind }) => kind)).toEqual(['done', 'failed', 'cancelled', 'interrupted']);
  });
});

/** One way through: what happened, where it led, and what was demanded on the way. */
interface Path {
  readonly events: readonly TransferEvent['type'][];
  readonly before: TransferState | null;
  readonly state: TransferState;
  readonly effects: readonly string[];
}

/** A person may do anything at any time; the engine answers only what it was asked, each answer once. */
function mayHappen(event: TransferEvent['type'], { events, effects }: Path): boolean {
  const happened = (type: TransferEvent['type']) => events.filter((past) => past === type).length;
  switch (event) {
    case 'prepared':
      return effects.includes('prepare') && happened('prepared') === 0;
    case 'part-sent':
      return effects.includes('send-parts') && happened('part-sent') < plan.partCount;
    case 'completed':
      return effects.includes('complete') && happened('completed') === 0;
    default:
      return true;
  }
}

function* paths(path: Path, depth: number): Generator<Path> {
  yield path;
  if (depth === 0) return;
  for (const event of Object.values(EVENTS)) {
    if (!mayHappen(event.type, path)) continue;
    const { state, effects } = transition(path.state, event);
    const next: Path = {
      events: [...path.events, event.type],
      before: path.state,
      state,
      effects: [...path.effects, ...effects.map(named)],
    };
    yield* paths(next, depth - 1);
  }
}

describe('every way of seven events through an upload', () => {
  const ways = [...paths({ events: [], before: null, state: { kind: 'queued' }, effects: [] }, 7)];
  const count = <T>(list: readonly T[], wanted: T) => list.filter((one) => one === wanted).length;
  const stopped = ({ state }: Path) => state.kind === 'failed' || state.kind === 'cancelled';

  /** The ways that break a rule; each is judged by hand because so many expectations would take seconds. */
  const breaches = (rule: (path: Path) => boolean) => ways.filter((path) => !rule(path)).slice(0, 3);

  it('reaches every state', () => {
    expect(new Set(ways.map(({ state }) => state.kind))).toEqual(new Set(Object.keys(STATES)));
  });

  it('never leaves a final state', () => {
    const left = breaches(({ before, state }) => before === null || !isFinal(before) || state === before);
    expect(left).toEqual([]);
  });

  it('aborts a begun upload exactly once where it fails or is cancelled, and last of all', () => {
    const unlike = breaches((path) => {
      if (!stopped(path)) return true;
      const aborts = count(path.effects, 'abort-upload u1');
      if (!path.events.includes('prepared')) return aborts === 0;
      return aborts === 1 && path.effects.at(-1) === 'abort-upload u1';
    });
    expect(unlike).toEqual([]);
  });

  it('stops the parts between the last sending and the abort', () => {
    const unlike = breaches((path) => {
      if (!stopped(path) || !path.effects.includes('send-parts')) return true;
      const stop = path.effects.lastIndexOf('stop-parts');
      return stop > path.effects.lastIndexOf('send-parts') && stop < path.effects.indexOf('abort-upload u1');
    });
    expect(unlike).toEqual([]);
  });

  it('aborts nothing where the upload is done or under way', () => {
    expect(breaches((path) => stopped(path) || !path.effects.includes('abort-upload u1'))).toEqual([]);
  });

  it('completes at most once, after every part and after the last sending', () => {
    const unlike = breaches(({ effects, events, state }) => {
      const completions = count(effects, 'complete');
      if (completions === 0) return state.kind !== 'done';
      const all = count(events, 'part-sent') === plan.partCount;
      return completions === 1 && all && effects.indexOf('complete') > effects.lastIndexOf('send-parts');
    });
    expect(unlike).toEqual([]);
  });

  it('never sends twice without stopping in between', () => {
    const unlike = breaches(({ effects }) => {
      const moves = effects.filter((effect) => effect === 'send-parts' || effect === 'stop-parts');
      return moves.every((move, index) => move !== 'send-parts' || moves[index - 1] !== 'send-parts');
    });
    expect(unlike).toEqual([]);
  });
});
