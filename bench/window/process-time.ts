import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { descendants } from '../../test/standin/contract-app/process-family.ts';

/** Ticks of the clock of /proc, fixed for programs whatever the kernel counts in. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

/** What parts of the app took of one core, in percent. */
export interface CpuShares {
  readonly main: number;
  readonly page: number;
  /** The browser engine's other processes, and those that no part of the app asked for. */
  readonly rest: number;
}

type Part = keyof CpuShares;

/** @param mainPid the app's main process @param seconds how long nothing is done but look */
export async function idleCpu(mainPid: number, seconds: number): Promise<CpuShares> {
  const before = processorSeconds(mainPid);
  await setTimeout(seconds * 1000);
  const after = processorSeconds(mainPid);
  const share = (part: Part) => ((after[part] - before[part]) / seconds) * 100;
  return { main: share('main'), page: share('page'), rest: share('rest') };
}

function processorSeconds(mainPid: number): CpuShares {
  const used = { main: 0, page: 0, rest: 0 };
  for (const pid of descendants(mainPid)) used[partOf(pid, mainPid)] += secondsOf(pid);
  return used;
}

function partOf(pid: number, mainPid: number): Part {
  if (pid === mainPid) return 'main';
  return textOf(pid, 'cmdline').includes('--type=renderer') ? 'page' : 'rest';
}

/** The 14th and the 15th field: time in the program and in the kernel. A name in brackets before them may hold spaces. */
function secondsOf(pid: number): number {
  const fields = textOf(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

/** Empty for a process that has just ended. */
function textOf(pid: number, file: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
