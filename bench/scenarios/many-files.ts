import { timesAsFast } from '../goals.ts';
import { pairedRounds } from '../paired-rounds.ts';
import { transferTable } from '../results-table.ts';
import { startSink } from '../servers/sink-server.ts';
import { manyFiles } from '../test-files.ts';
import { fileJob } from './one-file.ts';
import type { Scenario } from './scenario.ts';

const KIB = 1024;
const TIMES_AWS_CLI = 3;

/** Many small files with one call. */
export const manySmallFiles: Scenario = {
  name: 'many',
  run: async ({ folder, contenders, rounds: count, manyCount, manyBytes }) => {
    const files = await manyFiles(folder, manyCount, manyBytes);
    const bytes = manyCount * manyBytes;
    const server = await startSink();
    try {
      const rounds = await pairedRounds({
        ...{ server, contenders, count },
        startUp: await fileJob(folder, 'one-byte.bin', 1, server),
        whole: {
          ...{ objects: manyCount, bytes },
          command: (contender, home) => contender.manyFiles(files, server, home),
        },
      });
      return {
        title: `${manyCount} files of ${manyBytes / KIB} KiB to a sink on loopback`,
        text: transferTable(rounds, bytes),
        goals: [timesAsFast(rounds, 'AWS CLI', TIMES_AWS_CLI)],
      };
    } finally {
      await server.stop();
    }
  },
};
