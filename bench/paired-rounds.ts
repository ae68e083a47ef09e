import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured, type Command, type Measure } from './measured-process.ts';
import type { Contender } from './rivals/contender.ts';
import type { BenchServer } from './servers/bench-server.ts';

/** Something to be sent, and what must have arrived afterwards. */
export interface Job {
  readonly objects: number;
  readonly bytes: number;
  /** Null where the contender has no such way. */
  command(contender: Contender, home: string): Promise<Command> | null;
}

/** One contender's turn in one round: a single byte first, which is what starting and asking alone take. */
export interface Turn {
  readonly startUp: Measure;
  readonly whole: Measure;
}

/** All turns of a scenario, by contender, in the order of the rounds. */
export interface Rounds {
  readonly turns: ReadonlyMap<string, readonly Turn[]>;
  /** Those that could not do it, and why. */
  readonly failures: ReadonlyMap<string, string>;
}

export interface PairedRounds {
  readonly server: BenchServer;
  readonly contenders: readonly Contender[];
  readonly count: number;
  readonly startUp: Job;
  readonly whole: Job;
}

/**
 * Lets the contenders take turns, A B C A B C, so that whatever slows the machine slows them alike. Each turn ends
 * with the server's own count of what arrived: whoever sent less than everything has failed, and is out.
 */
export async function pairedRounds(setting: PairedRounds): Promise<Rounds> {
  const turns = new Map<string, Turn[]>();
  const failures = new Map<string, string>();
  const everyone = async (turn: (contender: Contender) => Promise<void>): Promise<void> => {
    for (const contender of setting.contenders) {
      if (failures.has(contender.name)) continue;
      await turn(contender).catch((error: unknown) => {
        failures.set(contender.name, error instanceof Error ? error.message : String(error));
        turns.delete(contender.name);
      });
    }
  };
  // Once around without a clock: a server's first request of a kind is slow, and so is the first that fills its memory.
  await everyone(async (contender) => {
    await sent(contender, setting.startUp, setting.server);
    if (contender === setting.contenders.at(-1)) await sent(contender, setting.whole, setting.server);
  });
  for (let round = 0; round < setting.count; round++) {
    await everyone(async (contender) => {
      const turn = await turnOf(contender, setting);
      if (turn) turns.set(contender.name, [...(turns.get(contender.name) ?? []), turn]);
    });
  }
  return { turns, failures };
}

async function turnOf(contender: Contender, setting: PairedRounds): Promise<Turn | null> {
  const startUp = await sent(contender, setting.startUp, setting.server);
  const whole = await sent(contender, setting.whole, setting.server);
  return startUp && whole ? { startUp, whole } : null;
}

async function sent(contender: Contender, job: Job, server: BenchServer): Promise<Measure | null> {
  const home = await mkdtemp(join(tmpdir(), 'sandglass-bench-home-'));
  try {
    const command = await job.command(contender, home);
    if (command === null) return null;
    const measure = await measured(command);
    const { objects, bytes } = await server.arrived();
    if (objects !== job.objects || bytes !== job.bytes) {
      throw new Error(`${bytes} bytes in ${objects} objects arrived, not ${job.bytes} in ${job.objects}`);
    }
    return measure;
  } finally {
    await server.clear();
    await rm(home, { recursive: true, force: true });
  }
}
