import { join } from 'node:path';
import { parseArgs } from 'node:util';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** How large a run is. */
export interface BenchSizes {
  readonly rounds: number;
  /** Bytes of the file that is sent in one piece. */
  readonly fileBytes: number;
  /** Bytes of the sparse file that memory is measured with, beside `fileBytes`. */
  readonly hugeBytes: number;
  readonly manyCount: number;
  readonly manyBytes: number;
  readonly shares: number;
  readonly roundTripMs: number;
}

export interface BenchOptions extends BenchSizes {
  /** Names of scenarios; empty for all. */
  readonly only: readonly string[];
  /** The file that keeps the results; null where they are only printed. */
  readonly output: string | null;
}

const RESULTS = join(import.meta.dirname, 'RESULTS.md');
const FULL: BenchSizes = {
  rounds: 5,
  fileBytes: GIB,
  hugeBytes: 16 * GIB,
  manyCount: 500,
  manyBytes: 100 * 1024,
  shares: 200,
  roundTripMs: 50,
};
const QUICK: BenchSizes = {
  ...FULL,
  rounds: 1,
  fileBytes: 128 * MIB,
  hugeBytes: GIB,
  manyCount: 50,
  shares: 50,
};

/** @throws TypeError for a flag that there is not */
export function benchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      mib: { type: 'string' },
      only: { type: 'string' },
      output: { type: 'string' },
    },
  });
  const sizes = values.quick ? QUICK : FULL;
  return {
    ...sizes,
    rounds: Number(values.rounds ?? sizes.rounds),
    fileBytes: values.mib === undefined ? sizes.fileBytes : Number(values.mib) * MIB,
    only: values.only?.split(',') ?? [],
    // A run that is not whole must not pass for one.
    output: values.output ?? (values.quick || values.only ? null : RESULTS),
  };
}
