import { cpuSeconds } from '../comparison.ts';
import { shareOf, timesAsFast, type Goal } from '../goals.ts';
import { pairedRounds, type Job, type Rounds } from '../paired-rounds.ts';
import { transferTable } from '../results-table.ts';
import { CURL } from '../rivals/curl.ts';
import { US } from '../rivals/sandglass.ts';
import type { BenchServer } from '../servers/bench-server.ts';
import { startRgw } from '../servers/rgw-server.ts';
import { startFarSink, startSink } from '../servers/sink-server.ts';
import { randomFile } from '../test-files.ts';
import type { Bench, Findings, Scenario } from './scenario.ts';

const MIB = 1024 ** 2;
const TIMES_LIB_STORAGE = 3;
const SHARE_OF_ITS_CPU = 0.5;
const TIMES_CURL = 0.7;
const TIMES_OVER_LATENCY = 1.3;
const RIVALS_OVER_LATENCY = ['rclone', 'AWS CLI'];

/** One large file to a server that costs nothing. */
export const toTheSink: Scenario = {
  name: 'sink',
  run: async (bench) => {
    const rounds = await transfer(bench, await startSink());
    return findings(bench, 'to a sink on loopback', rounds, [
      timesAsFast(rounds, 'lib-storage', TIMES_LIB_STORAGE),
      shareOf(rounds, 'lib-storage', SHARE_OF_ITS_CPU, 'CPU seconds', cpuSeconds),
      timesAsFast(rounds, CURL, TIMES_CURL),
    ]);
  },
};

/** One large file to a real server. */
export const toRgw: Scenario = {
  name: 'rgw',
  run: async (bench) => {
    const title = 'to Ceph RGW';
    const server = await startRgw();
    if (server === null) return { title, text: 'Not measured: Ceph RGW is not installed here.', goals: [] };
    const rounds = await transfer(bench, server);
    const rivals = [...rounds.turns.keys()].filter((name) => name !== US && name !== CURL);
    return findings(bench, title, rounds, [
      ...rivals.map((name) => timesAsFast(rounds, name, 1)),
      timesAsFast(rounds, CURL, 1),
    ]);
  },
};

/** One large file over a long line. */
export const overLatency: Scenario = {
  name: 'latency',
  run: async (bench) => {
    const rounds = await transfer(bench, await startFarSink(bench.roundTripMs));
    const goals = RIVALS_OVER_LATENCY.map((name) => timesAsFast(rounds, name, TIMES_OVER_LATENCY));
    return findings(bench, `over a line with ${bench.roundTripMs} ms of latency`, rounds, goals);
  },
};

async function transfer(bench: Bench, server: BenchServer): Promise<Rounds> {
  try {
    const { contenders, rounds: count, folder, fileBytes } = bench;
    const startUp = await fileJob(folder, 'one-byte.bin', 1, server);
    const whole = await fileJob(folder, 'large.bin', fileBytes, server);
    return await pairedRounds({ server, contenders, count, startUp, whole });
  } finally {
    await server.stop();
  }
}

/** The job of sending one file with random bytes. */
export async function fileJob(
  folder: string,
  name: string,
  bytes: number,
  server: BenchServer,
): Promise<Job> {
  const path = await randomFile(folder, name, bytes);
  return { objects: 1, bytes, command: (contender, home) => contender.oneFile(path, server, home) };
}

function findings(bench: Bench, where: string, rounds: Rounds, goals: readonly Goal[]): Findings {
  const title = `One file of ${bench.fileBytes / MIB} MiB ${where}`;
  return { title, text: transferTable(rounds, bench.fileBytes), goals };
}
