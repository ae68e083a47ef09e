import { atMost } from '../goals.ts';
import { table } from '../results-table.ts';
import { summary } from '../statistics.ts';
import { randomFile } from '../test-files.ts';
import { probed } from './probed.ts';
import type { Scenario } from './scenario.ts';

const MIB = 1024 ** 2;
const SMOOTH_MS = 20;
const LINK_MS = 50;
const PLAN_MS = 50;
const PLAN_MIB = 2;

/** Whether the window would stay smooth while a file is sent as fast as it goes. */
export const eventLoop: Scenario = {
  name: 'event-loop',
  run: async (bench) => {
    const path = await randomFile(bench.folder, 'large.bin', bench.fileBytes);
    const runs = await probed(bench, 'event-loop', ['p50', 'p99', 'max', 'seconds'], [path]);
    const { median: p99 } = summary(runs.map((run) => run.p99));
    return {
      title: `Event-loop delay while ${bench.fileBytes / MIB} MiB go to a sink`,
      text: numbersTable(runs, { p50: 'p50, ms', p99: 'p99, ms', max: 'longest, ms', seconds: 'upload, s' }),
      goals: [atMost(`p99 under ${SMOOTH_MS} ms`, p99, SMOOTH_MS, 'ms')],
    };
  },
};

/** How long it takes from a dropped file to its link. */
export const dropToLink: Scenario = {
  name: 'link',
  run: async (bench) => {
    const runs = await probed(bench, 'drop-to-link', ['p50', 'p99', 'max'], [String(bench.shares)]);
    const { median: p99 } = summary(runs.map((run) => run.p99));
    return {
      title: `From drop to link, ${bench.shares} files of 1 byte to 100 GiB`,
      text: numbersTable(runs, { p50: 'p50, ms', p99: 'p99, ms', max: 'longest, ms' }),
      goals: [atMost(`p99 under ${LINK_MS} ms`, p99, LINK_MS, 'ms')],
    };
  },
};

/** What ten thousand parts cost before the first of them is sent. */
export const planning: Scenario = {
  name: 'planning',
  run: async (bench) => {
    const keys = ['milliseconds', 'parts', 'plannedBytes', 'finishedBytes'] as const;
    const runs = await probed(bench, 'planning', keys, []);
    const { median: milliseconds } = summary(runs.map((run) => run.milliseconds));
    const { median: bytes } = summary(runs.map((run) => run.finishedBytes));
    return {
      title: 'Ten thousand parts planned, the first signed',
      text: numbersTable(runs, {
        parts: 'parts',
        milliseconds: 'planned and signed, ms',
        plannedBytes: 'bookkeeping when planned, bytes',
        finishedBytes: 'bookkeeping with all parts sent, bytes',
      }),
      goals: [
        atMost(`under ${PLAN_MS} ms`, milliseconds, PLAN_MS, 'ms'),
        atMost(`bookkeeping of at most ${PLAN_MIB} MiB, the ETags included`, bytes / MIB, PLAN_MIB, 'MiB'),
      ],
    };
  },
};

function numbersTable<Key extends string>(
  runs: readonly Readonly<Record<Key, number>>[],
  titles: Readonly<Record<Key, string>>,
): string {
  const rows = (Object.entries(titles) as [Key, string][]).map(([key, title]) => {
    const { median, least, most } = summary(runs.map((run) => run[key]));
    return [title, shown(median), `${shown(least)} to ${shown(most)}`];
  });
  return table(['', 'median', 'least to most'], rows);
}

function shown(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(2);
}
