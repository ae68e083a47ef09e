import { describe, expect, it } from 'vitest';
import {
  isFinal,
  MAX_RESTARTS,
  transition,
  type TransferEvent,
  type TransferState,
} from '../../../src/shared/transfer-state.ts';
import { EVENTS, named, PLAN } from './transfer-samples.ts';

type Type = TransferEvent['type'];

/** One way through: what happened, where it led, and what was demanded on the way. */
interface Path {
  readonly events: readonly Type[];
  readonly before: TransferState | null;
  readonly state: TransferState;
  readonly effects: readonly string[];
  /** What the last event demanded. */
  readonly last: readonly string[];
}

const START: Path = {
  events: [],
  before: null,
  state: { kind: 'queued', paused: false, uploadId: null },
  effects: [],
  last: [],
};
const FRESH = {
  ...EVENTS,
  start: { ...EVENTS.start, uploadId: null },
  prepared: { ...EVENTS.prepared, partsDone: 0 },
};
const count = <T>(list: readonly T[], wanted: T) => list.filter((one) => one === wanted).length;

/** A person may do anything at any time; the engine answers only what it was asked, each answer once. */
function mayHappen(event: Type, { events, effects }: Path): boolean {
  const answered = (type: Type, effect: string) => count(events, type) < count(effects, effect);
  switch (event) {
    case 'start':
      return !events.includes('start');
    case 'prepared':
      // Nobody gives up before what was asked last has ended.
      return answered('prepared', 'prepare') && !events.includes('gave-up');
    case 'part-sent':
      return count(events, 'part-sent') < PLAN.partCount * count(effects, 'send-parts');
    case 'completed':
      return answered('completed', 'complete');
    case 'recovered':
    case 'gave-up':
      return effects.includes('await-recovery');
    case 'upload-gone':
    case 'stalled':
      return events.includes('start');
    default:
      return true;
  }
}

/** What changes nothing leads nowhere new, and is followed no further. */
function* paths(path: Path, depth: number): Generator<Path> {
  yield path;
  if (depth === 0) return;
  for (const event of Object.values(FRESH)) {
    if (!mayHappen(event.type, path)) continue;
    const { state, effects } = transition(path.state, event);
    if (state === path.state && effects.length === 0) continue;
    const last = effects.map(named);
    const events = [...path.events, event.type];
    yield* paths({ events, before: path.state, state, last, effects: [...path.effects, ...last] }, depth - 1);
  }
}

describe('every way of seven events through an upload', () => {
  const ways = [...paths(START, 7)];
  const dropped = ({ state }: Path) => (state.kind === 'failed' && !state.kept) || state.kind === 'cancelled';
  const begun = ({ events }: Path) => events.includes('start');

  /** The ways that break a rule; each is judged by hand because so many expectations would take seconds. */
  const breaches = (rule: (path: Path) => boolean) => ways.filter((path) => !rule(path)).slice(0, 3);

  it('reaches every state', () => {
    expect([...new Set(ways.map(({ state }) => state.kind))].sort()).toEqual(
      [
        ...['queued', 'preparing', 'uploading', 'paused', 'completing'],
        ...['done', 'failed', 'cancelled', 'interrupted'],
      ].sort(),
    );
    expect(ways.some(({ state }) => state.kind === 'failed' && state.kept)).toBe(true);
  });

  it('never leaves a final state', () => {
    expect(breaches(({ before, state }) => before === null || !isFinal(before) || state === before)).toEqual(
      [],
    );
  });

  it('stops what is under way whenever it ends badly, and before anything is dropped', () => {
    const unlike = breaches(({ before, state, last }) => {
      if (before === null || isFinal(before) || !isFinal(state) || state.kind === 'done') return true;
      return last[0] === 'stop-parts';
    });
    expect(unlike).toEqual([]);
  });

  it('drops a begun upload where it fails or is cancelled, last of all', () => {
    const unlike = breaches((path) => {
      if (!dropped(path) || !begun(path)) return true;
      // A server that has lost it again and again holds nothing.
      if (count(path.events, 'upload-gone') > MAX_RESTARTS) return true;
      return path.effects.at(-1)?.startsWith('abort-upload') ?? false;
    });
    expect(unlike).toEqual([]);
  });

  it('drops nothing where the upload is done, kept, interrupted or under way', () => {
    const drops = ({ effects }: Path) => effects.some((effect) => effect.startsWith('abort-upload'));
    expect(breaches((path) => dropped(path) || !drops(path))).toEqual([]);
  });

  it('completes only with every part, and is done only by that', () => {
    const unlike = breaches(({ state, effects }) => {
      if (state.kind === 'completing') return state.partsDone === PLAN.partCount;
      return state.kind !== 'done' || effects.includes('complete');
    });
    expect(unlike).toEqual([]);
  });

  it('counts parts neither below nothing nor above their number, unless they arrive in a pause', () => {
    const unlike = breaches(({ state }) => {
      if (!('partsDone' in state)) return true;
      return state.partsDone >= 0 && (state.kind === 'paused' || state.partsDone <= PLAN.partCount);
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

  it('waits for a recovery only in a pause that has a reason', () => {
    const unlike = breaches(({ state, last }) => {
      if (!last.includes('await-recovery')) return true;
      return state.kind === 'paused' && state.reason !== null;
    });
    expect(unlike).toEqual([]);
  });
});
