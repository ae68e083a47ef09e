import { cpus, loadavg, release, totalmem, type as system } from 'node:os';

const GIB = 1024 ** 3;

/** What the figures were measured on, in one sentence each. */
export function machineLines(): string[] {
  const [first] = cpus();
  return [
    `Processor: ${first?.model.trim() ?? 'unknown'}, ${cpus().length} cores`,
    `Memory: ${(totalmem() / GIB).toFixed(1)} GiB`,
    `Kernel: ${system()} ${release()}`,
    `Load when it began (1, 5, 15 minutes): ${loadavg()
      .map((load) => load.toFixed(2))
      .join(', ')}`,
  ];
}
