import type { Random } from './random.ts';

const MIB = 1024 ** 2;
const PART = 8 * MIB;
/** The largest file of a campaign, in bytes. */
const LARGEST = 60 * MIB;

/** Bytes of a file: mostly small, for speed, and often just at, below or above the end of a part, for trouble. */
export function fileSize(random: Random): number {
  const kind = random.number();
  if (kind < 0.05) return random.pick([0, 1]);
  if (kind < 0.35) return random.whole(2, 256 * 1024);
  if (kind < 0.45) return random.whole(256 * 1024, PART);
  if (kind < 0.75) return PART * random.pick([1, 1, 2, 2, 3]) + random.whole(-1, 1);
  if (kind < 0.97) return random.whole(PART, 3 * PART);
  return Math.min(LARGEST, PART * random.whole(4, 7) + random.whole(-1, PART));
}
