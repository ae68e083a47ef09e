import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { LEDGER_PATH } from '../sink/s3-answers.ts';
import type { Arrived, BenchServer } from './bench-server.ts';

const BUCKET = 'bench';

/** Starts the sink, or the sink at the end of a long line. */
export async function startSink(): Promise<BenchServer> {
  const sink = await forked('../sink.ts', []);
  return sinkServer('sink on loopback', sink.port, sink.port, [sink]);
}

/** @param roundTripMs milliseconds for a byte to the sink and back */
export async function startFarSink(roundTripMs: number): Promise<BenchServer> {
  const sink = await forked('../sink.ts', []);
  const relay = await forked('../latency-relay.ts', [String(sink.port), String(roundTripMs)]);
  return sinkServer(`sink behind ${roundTripMs} ms`, relay.port, sink.port, [relay, sink]);
}

interface Forked {
  readonly port: number;
  readonly child: ChildProcess;
}

function sinkServer(
  name: string,
  port: number,
  ledgerPort: number,
  processes: readonly Forked[],
): BenchServer {
  const endpoint = `http://127.0.0.1:${port}`;
  const ledger = `http://127.0.0.1:${ledgerPort}${LEDGER_PATH}`;
  return {
    ...{ name, endpoint, region: 'us-east-1', bucket: BUCKET, rcloneProvider: 'Other' },
    accessKeyId: 'AKIABENCH',
    secretAccessKey: 'only-for-the-sink',
    putUrl: (key) => Promise.resolve(`${endpoint}/${BUCKET}/${key}`),
    arrived: async () => (await (await fetch(ledger)).json()) as Arrived,
    clear: async () => {
      await (await fetch(ledger, { method: 'DELETE' })).text();
    },
    stop: async () => {
      for (const { child } of processes) {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }
    },
  };
}

async function forked(script: string, args: readonly string[]): Promise<Forked> {
  const child = fork(join(import.meta.dirname, script), args);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (told) => {
      resolve(Number(told));
    });
    child.once('exit', () => {
      reject(new Error(`${script} did not start.`));
    });
  });
  return { port, child };
}
