import { atMost } from '../goals.ts';
import { pairedRounds } from '../paired-rounds.ts';
import { peakMib } from '../comparison.ts';
import { table } from '../results-table.ts';
import { sandglass, US } from '../rivals/sandglass.ts';
import { startSink } from '../servers/sink-server.ts';
import { median, summary } from '../statistics.ts';
import { sparseFile } from '../test-files.ts';
import { fileJob } from './one-file.ts';
import type { Bench, Scenario } from './scenario.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const ABOVE_IDLE_MIB = 96;
/** MiB by which two peaks of the same kind differ anyway, as the garbage collector pleases. */
const SAME_WITHIN_MIB = 16;

/** Peak memory of the command above what sharing one byte takes, for two sizes far apart. */
export const memory: Scenario = {
  name: 'memory',
  run: async (bench) => {
    const sizes = [bench.fileBytes, bench.hugeBytes];
    const above: number[][] = [];
    for (const bytes of sizes) above.push(await peaksAboveIdle(bench, bytes));
    const rows = sizes.map((bytes, n) => {
      const { median: middle, least, most } = summary(above[n]!);
      return [
        `${bytes < GIB ? `${bytes / MIB} MiB` : `${bytes / GIB} GiB`}, sparse`,
        middle.toFixed(1),
        `${least.toFixed(1)} to ${most.toFixed(1)}`,
      ];
    });
    const [small = 0, huge = 0] = above.map(median);
    return {
      title: 'Peak memory',
      text: table(['', 'MiB above sharing one byte', 'least to most'], rows),
      goals: [
        atMost(`at most ${ABOVE_IDLE_MIB} MiB above idle`, Math.max(small, huge), ABOVE_IDLE_MIB, 'MiB'),
        atMost('the same for both sizes', Math.abs(huge - small), SAME_WITHIN_MIB, 'MiB apart'),
      ],
    };
  },
};

async function peaksAboveIdle({ folder, rounds: count }: Bench, bytes: number): Promise<number[]> {
  const server = await startSink();
  try {
    const path = await sparseFile(folder, 'sparse.bin', bytes);
    const rounds = await pairedRounds({
      ...{ server, contenders: [sandglass()], count },
      startUp: await fileJob(folder, 'one-byte.bin', 1, server),
      whole: {
        ...{ objects: 1, bytes },
        command: (contender, home) => contender.oneFile(path, server, home),
      },
    });
    for (const why of rounds.failures.values()) throw new Error(why);
    return rounds.turns.get(US)!.map((turn) => peakMib(turn) - turn.startUp.peakMib);
  } finally {
    await server.stop();
  }
}
