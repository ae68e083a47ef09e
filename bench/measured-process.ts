import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** A program to run, with only the environment that it is given. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What running a command took, from its start to its end. */
export interface Measure {
  readonly seconds: number;
  /** User and system time of the process and of all it started and waited for. */
  readonly cpuSeconds: number;
  /** Peak resident memory, added up over the processes that lived at the same time. */
  readonly peakMib: number;
  readonly stdout: string;
}

const SAMPLE_EVERY_MS = 15;
/** Ticks a second in /proc (USER_HZ), the same on every Linux that Node runs on. */
const TICKS = 100;
const SHOWN_OF_FAILURE = 2_000;

/**
 * Runs a command to its end and measures it. CPU time is what the kernel adds to this process's account of children
 * when it reaps one (proc_pid_stat(5): cutime, cstime), so children's children count; nothing else may be reaped
 * meanwhile. Memory is VmHWM, the kernel's own high-water mark, read until the process is gone.
 * @throws Error where the command fails, with the end of what it said
 */
export async function measured(command: Command): Promise<Measure> {
  const cpuBefore = reapedCpuSeconds();
  const start = performance.now();
  const child = spawn(command.program, command.args, {
    env: { ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve).once('error', reject);
  });
  const memory = new PeakMemory(child.pid ?? 0);
  const status = await ended.finally(() => {
    memory.stop();
  });
  const seconds = (performance.now() - start) / 1_000;
  const cpuSeconds = reapedCpuSeconds() - cpuBefore;
  const [stdout, stderr] = await said;
  if (status !== 0) {
    const words = `${stdout}${stderr}`.slice(-SHOWN_OF_FAILURE);
    throw new Error(`${command.program} ended with ${status ?? 'a signal'}: ${words}`);
  }
  return { seconds, cpuSeconds, peakMib: memory.mib, stdout };
}

function reapedCpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  // The name in brackets may hold spaces; the fields after it are counted from the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/** Follows a process and its children; the highest sum of their high-water marks so far. */
class PeakMemory {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #kib = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => {
      this.#kib = Math.max(this.#kib, treeKib(this.#pid));
    }, SAMPLE_EVERY_MS);
  }

  get mib(): number {
    return this.#kib / 1_024;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function treeKib(pid: number): number {
  const own = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readProc(`${pid}/status`))?.[1] ?? 0);
  const children = readProc(`${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + treeKib(Number(child)), own);
}

/** Empty for a process that is gone. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}
