import { cpuSeconds, netSeconds, peakMib, ratio, wallSeconds, type Quantity } from './comparison.ts';
import type { Rounds, Turn } from './paired-rounds.ts';
import { US } from './rivals/sandglass.ts';
import { median, summary } from './statistics.ts';

const MIB = 1024 ** 2;

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** One row for each contender: medians, from the least to the most, and how many times ours. */
export function transferTable(rounds: Rounds, bytes: number): string {
  const head = [
    '',
    'seconds (least to most)',
    'MiB/s',
    'MiB/s without start-up',
    'start-up s',
    'CPU s',
    'peak MiB',
    'time ÷ ours',
    'CPU ÷ ours',
  ];
  const rows = [...rounds.turns].map(([name, turns]) => [
    name,
    spread(turns, wallSeconds),
    (bytes / MIB / median(turns.map(wallSeconds))).toFixed(0),
    netSpeed(turns, bytes),
    median(turns.map(({ startUp }) => startUp.seconds)).toFixed(2),
    spread(turns, cpuSeconds),
    median(turns.map(peakMib)).toFixed(0),
    times(rounds, name, wallSeconds),
    times(rounds, name, cpuSeconds),
  ]);
  const failed = [...rounds.failures].map(([name, why]) => `\n\n${name} failed: ${oneLine(why)}.`);
  return table(head, rows) + failed.join('');
}

function netSpeed(turns: readonly Turn[], bytes: number): string {
  const seconds = median(turns.map(netSeconds));
  return Number.isNaN(seconds) ? '–' : (bytes / MIB / seconds).toFixed(0);
}

function spread(turns: readonly Turn[], quantity: Quantity): string {
  const { median: middle, least, most } = summary(turns.map(quantity));
  return `${middle.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

function times(rounds: Rounds, name: string, quantity: Quantity): string {
  const found = ratio(rounds, name, US, quantity);
  return found === null ? '' : found.toFixed(2);
}

function oneLine(words: string): string {
  return words.trim().split('\n').at(-1) ?? '';
}
