import { randomBytes } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { systemClock } from '../../src/main/platform/system-time.ts';
import { s3Client } from '../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../src/main/signing/server-clock.ts';
import { commandRun } from './command-run.ts';
import { Random } from './random.ts';
import { roomRun } from './room-run.ts';
import type { Field, Verdict } from './verdict.ts';

export interface CampaignOptions {
  readonly runs: number;
  readonly seed: number;
  /** One run alone, to look at it again. */
  readonly only?: number | undefined;
  /** Hears of each loss, and of how far the campaign is. */
  readonly say?: (line: string) => void;
}

export interface CampaignResult {
  readonly runs: number;
  readonly shared: number;
  readonly refused: number;
  /** By the number of the run. */
  readonly lost: ReadonlyMap<number, readonly string[]>;
  readonly seconds: number;
}

/** A run costs mostly waiting, so several go side by side. */
const AT_ONCE = 4;
/** How many of a hundred runs are the command's, which take longer. */
const BY_COMMAND = 0.08;

type Server = Omit<Field, 'client' | 'bucket'>;

/** Runs uploads that meet faults of chance. The same seed meets the same chances, run by run. */
export async function campaign(
  server: Server,
  { runs, seed, only, say = () => undefined }: CampaignOptions,
): Promise<CampaignResult> {
  const began = performance.now();
  const field = await openField(server);
  const numbers = only === undefined ? Array.from({ length: runs }, (_, index) => index + 1) : [only];
  const ends = { shared: 0, refused: 0 };
  const lost = new Map<number, readonly string[]>();
  const waiting = numbers.values();
  const work = async () => {
    for (const number of waiting) {
      const { end, losses, story } = await oneRun(field, seed, number);
      ends[end]++;
      if (losses.length > 0) lost.set(number, losses);
      if (losses.length > 0 || only !== undefined)
        say(`seed ${seed} run ${number}: ${losses.join('; ') || end} | ${story.join(' | ')}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  field.client.destroy();
  return { runs: numbers.length, ...ends, lost, seconds: (performance.now() - began) / 1000 };
}

async function oneRun(field: Field, seed: number, number: number): Promise<Verdict> {
  const random = new Random(seed, number);
  try {
    return await (random.chance(BY_COMMAND) ? commandRun(field, random) : roomRun(field, random));
  } catch (error) {
    return {
      end: 'refused',
      story: [],
      losses: [`the run itself failed: ${String((error as Error).stack)}`],
    };
  }
}

async function openField(server: Server): Promise<Field> {
  const { endpoint, region, credentials } = server;
  const bucket = `campaign-${randomBytes(6).toString('hex')}`;
  const location = { bucket, region, endpoint, pathStyle: true };
  const client = s3Client(location, credentials, new ServerClock(systemClock));
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { ...server, client, bucket };
}
