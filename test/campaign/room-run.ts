import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { asSandglassError } from '../../src/shared/errors.ts';
import { Line } from '../integration/upload/line.ts';
import type { TrackedShare } from '../integration/upload/tracked-share.ts';
import { fileSize } from './file-size.ts';
import type { Random } from './random.ts';
import { trouble } from './trouble.ts';
import { lossesOf, writeRandomFile, type Field, type Verdict } from './verdict.ts';

/** Two seconds of silence stands for the minute that the app waits, and more where no silence is among the faults. */
const [SHORT_IDLE_MS, LONG_IDLE_MS] = [2_000, 10_000];
/** An upload that has not ended by then never will, in milliseconds. */
const DEADLINE_MS = 120_000;
const MAX_FAULTS = 6;
const MAX_STARTS = MAX_FAULTS + 1;
/** The next process takes its time: what was cut on its way to the server has arrived by then. */
const START_MS = 1_000;

/** One upload by rooms in this process: faults strike it, the network goes and comes, a person pauses or cancels it. */
export async function roomRun(field: Field, random: Random): Promise<Verdict> {
  const size = fileSize(random);
  const faults = random.whole(0, MAX_FAULTS);
  const chance = { faults, likelihood: random.pick([0.2, 0.4, 0.7, 1]), silences: random.chance(0.06) };
  const { script, struck } = trouble(random, chance);
  const idleMs = chance.silences ? SHORT_IDLE_MS : LONG_IDLE_MS;
  const line = await Line.open(field, field.bucket, {
    ...{ fault: script, idleMs, random: () => random.number() },
    waitsFor: () => Infinity,
    // Requests that were cut are given a moment to arrive, also by a busy machine.
    haste: 10,
  });
  const story = [`${size} bytes, in this process`];
  try {
    const path = join(line.folder, 'file.bin');
    const hash = await writeRandomFile(path, size);
    const share = await line.share(path);
    const deeds = interfere(line, share, random, story);
    const ended = await Promise.race([
      share.outcome.then(() => true),
      wait(DEADLINE_MS, false, { ref: false }),
    ]);
    await deeds;
    const losses = ended ? [] : [`it did not end: ${share.course.slice(-6).join(', ')}`];
    if (!ended) share.share.cancel();
    return await judged(field, line, share, { hash, story: [...story, ...struck], losses });
  } finally {
    await line.close();
  }
}

interface Findings {
  readonly hash: string;
  readonly story: readonly string[];
  readonly losses: readonly string[];
}

async function judged(
  field: Field,
  line: Line,
  share: TrackedShare,
  { hash, story, losses }: Findings,
): Promise<Verdict> {
  const failure = await share.outcome;
  const { id } = share.share.link;
  // What the next starts do, as faults may strike them too.
  for (let start = 0; start < MAX_STARTS && hasLeft(line, id); start++) {
    await wait(START_MS);
    if (line.history.find(id).status === 'interrupted') await line.links.cancel(id).catch(() => undefined);
    for (const record of line.history.leftovers())
      await line.links.dropLeftover(record).catch(() => undefined);
  }
  const told = [
    ...story,
    `${share.course.join(', ')}${failure ? `: ${failure.code}: ${failure.message}` : ''}`,
  ];
  const found = [
    ...losses,
    ...share.miscounts.slice(0, 3),
    ...(await lossesOf(field, line.history, { id, hash })),
  ];
  if (failure?.code === 'internal') found.push(`it said nothing: ${asSandglassError(failure).message}`);
  if (line.proxy.ledger.doubledParts.length > 0) found.push('a part was sent twice at once');
  return { end: failure ? 'refused' : 'shared', story: told, losses: found };
}

function hasLeft({ history }: Line, id: string): boolean {
  return history.leftovers().length > 0 || history.find(id).status === 'interrupted';
}

/** What happens around the upload, by chance and one after another. */
async function interfere(line: Line, share: TrackedShare, random: Random, story: string[]): Promise<void> {
  const deeds: Readonly<Record<string, () => Promise<void> | void>> = {
    'network gone': async () => {
      await line.proxy.goAway();
      await wait(random.whole(0, 40));
      await line.proxy.comeBack();
      line.nudge.now();
    },
    'sleep and wake': async () => {
      share.share.stall({ code: 'unreachable', message: 'The computer sleeps.' });
      line.sender.drop();
      await wait(random.whole(0, 30));
      line.nudge.now();
    },
    'pause and resume': async () => {
      share.share.pause();
      await wait(random.whole(0, 30));
      share.share.resume();
    },
    cancel: () => {
      share.share.cancel();
    },
  };
  const count = random.pick([0, 0, 0, 1, 1, 2]);
  for (let done = 0; done < count; done++) {
    await wait(random.whole(0, 120));
    const deed = random.pick([
      'network gone',
      'network gone',
      'sleep and wake',
      'pause and resume',
      'cancel',
    ]);
    story.push(deed);
    await deeds[deed]?.();
  }
}
