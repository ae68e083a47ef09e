import { describe, expect, it } from 'vitest';
import { EndTimer } from '../../../src/main/board/end-timer.ts';
import type { Ending } from '../../../src/main/share/end-of-life.ts';
import { Nudge } from '../../../src/main/share/recovery.ts';
import { HandTimer } from './hand-timer.ts';

const DAY = 86_400_000;
const NOTHING = (): void => undefined;

/** A timer over ends that are due when the test says so; sweeping takes away what is due, unless it is to stay. */
function scene(...due: number[]) {
  const timer = new HandTimer();
  const world = {
    now: 0,
    due,
    during: NOTHING,
    sweptAt: [] as number[],
    stays: false,
    stuck: -1,
    breaks: false,
    longest: 0,
    told: 0,
  };
  const nudge = new Nudge();
  const ends = new EndTimer({
    endOfLife: {
      nextAt: (after?: number) => {
        if (world.breaks) throw new Error('busy');
        const due = world.due.filter((at) => at > (after ?? -Infinity));
        return due.length === 0 ? null : Math.min(...due);
      },
      sweep: () => {
        world.sweptAt.push(world.now);
        const begun = world.now;
        world.during();
        const now = Math.min(begun, world.now);
        const ended = world.due.filter((at) => at <= now);
        if (!world.stays) world.due = world.due.filter((at) => at > now || at === world.stuck);
        return Promise.resolve(ended.map(() => ({}) as Ending));
      },
    },
    clock: { now: () => world.now },
    later: (ms, work) => {
      world.longest = Math.max(world.longest, ms);
      return timer.later(ms, work);
    },
    nudge,
    told: (endings) => (world.told += endings.length),
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  /** Lets time pass, second by second, and what is begun in it come to its end. */
  const pass = async (ms: number, step = 1_000) => {
    for (let left = ms; left > 0; left -= step) {
      world.now += Math.min(step, left);
      timer.pass(Math.min(step, left));
      await settle();
    }
  };
  return { world, ends, nudge, pass, settle, timer };
}

describe('the end of links', () => {
  it('is swept at once where it passed while the app did not run', async () => {
    const { world, ends, pass } = scene(-DAY);
    ends.start();
    await pass(1);
    expect([world.sweptAt, world.told]).toEqual([[0], 1]);
  });

  it('is swept when it comes, one after the other, and never before', async () => {
    const { world, ends, pass } = scene(60_000, 120_000);
    ends.start();
    await pass(60_000);
    expect(world.sweptAt).toEqual([]);
    await pass(1_000);
    expect(world.sweptAt).toHaveLength(1);
    await pass(60_000);
    expect([world.sweptAt.length, world.told]).toEqual([2, 2]);
  });

  it('is waited for in pieces that no timer overflows with, however far away it is', async () => {
    const { world, ends, pass } = scene(40 * DAY);
    ends.start();
    await pass(40 * DAY, 600_000);
    expect(world.sweptAt).toEqual([]);
    await pass(600_000);
    expect(world.sweptAt).toHaveLength(1);
    expect(world.longest).toBeLessThanOrEqual(600_000);
  });

  it('that is learned of later, or comes earlier than was known, is heeded when one looks', async () => {
    const { world, ends, pass } = scene();
    ends.start();
    await pass(10_000);
    world.due = [20_000];
    ends.look();
    await pass(11_000);
    expect(world.sweptAt).toHaveLength(1);
  });

  it('is looked at as soon as the computer wakes, whose timers stood still', async () => {
    const { world, ends, pass, nudge } = scene(300_000);
    ends.start();
    world.now += DAY;
    nudge.now();
    await pass(1);
    expect(world.sweptAt).toEqual([DAY]);
  });

  it('that cannot be swept is tried again after a longer while each time, and at once at a nudge', async () => {
    const { world, ends, pass, settle, nudge } = scene(-1_000);
    world.stays = true;
    ends.start();
    await settle();
    await pass(120_000);
    const gaps = world.sweptAt.slice(1).map((at, place) => at - (world.sweptAt[place] ?? 0));
    expect(gaps).toEqual([15_000, 30_000, 60_000]);
    nudge.now();
    await pass(1);
    expect(world.sweptAt).toHaveLength(5);
  });

  it('that cannot be swept lets no other wait for it', async () => {
    const { world, ends, pass, settle } = scene(-1_000, 60_000);
    world.stuck = -1_000;
    ends.start();
    await settle();
    await pass(62_000);
    expect(world.sweptAt).toEqual([0, 15_000, 45_000, 61_000]);
    expect(world.due).toEqual([-1_000]);
  });

  it('that comes while another is being swept is not taken for one that could not be', async () => {
    const { world, ends, pass, settle } = scene(-1_000);
    world.during = () => {
      world.now = 5_000;
      world.due = [4_000];
      world.during = NOTHING;
    };
    ends.start();
    await settle();
    await pass(1);
    expect([world.sweptAt, world.due]).toEqual([[0, 5_000], []]);
  });

  it('is waited for anew where the sweep told that the clock ran ahead', async () => {
    const { world, ends, pass, settle } = scene(60_000);
    world.now = DAY;
    world.during = () => {
      world.now = 0;
      world.during = NOTHING;
    };
    ends.start();
    await settle();
    await pass(62_000);
    expect([world.sweptAt, world.due]).toEqual([[DAY, 61_000], []]);
  });

  it('is told by a history that could not be read as soon as it can', async () => {
    const { world, ends, pass } = scene(-1_000);
    world.breaks = true;
    ends.start();
    await pass(10_000);
    expect(world.sweptAt).toEqual([]);
    world.breaks = false;
    await pass(10_000);
    expect(world.sweptAt).toHaveLength(1);
  });

  it('is nobody’s business any more once the app leaves', async () => {
    const { world, ends, pass, nudge, timer } = scene(5_000);
    ends.start();
    await ends.stop();
    nudge.now();
    ends.look();
    await pass(60_000);
    expect([world.sweptAt, timer.waiting]).toEqual([[], 0]);
  });
});
