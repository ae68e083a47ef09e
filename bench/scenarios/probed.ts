import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { measured } from '../measured-process.ts';
import { keysOf } from '../rivals/contender.ts';
import type { BenchServer } from '../servers/bench-server.ts';
import { startSink } from '../servers/sink-server.ts';
import type { Bench } from './scenario.ts';

/**
 * Runs a probe, a small program around the rooms themselves, once for each round, each time in a new process, against a
 * sink of its own. A probe prints one JSON object of numbers.
 * @param args of the probe, after the endpoint, the bucket and an empty data folder
 */
export async function probed<Key extends string>(
  { folder, rounds }: Bench,
  probe: string,
  keys: readonly Key[],
  args: readonly string[],
): Promise<Record<Key, number>[]> {
  const shape = z.record(z.enum(keys), z.number());
  const found: Record<Key, number>[] = [];
  const server = await startSink();
  try {
    for (let round = 0; round < rounds; round++) {
      found.push(shape.parse(JSON.parse(await said(probe, server, folder, args))));
      await server.clear();
    }
  } finally {
    await server.stop();
  }
  return found;
}

async function said(
  probe: string,
  server: BenchServer,
  folder: string,
  args: readonly string[],
): Promise<string> {
  const home = await mkdtemp(join(folder, 'home-'));
  const script = join(import.meta.dirname, '../probes', `${probe}.ts`);
  const { stdout } = await measured({
    program: process.execPath,
    args: ['--expose-gc', script, server.endpoint, server.bucket, home, ...args],
    env: keysOf(server, home),
  });
  await rm(home, { recursive: true, force: true });
  return stdout;
}
