import { createHash, type Hash } from 'node:crypto';
import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { LANE_BYTES, Md5Lanes } from './md5-lanes.ts';
import { LANES } from './md5-module.ts';

export interface HashJob {
  readonly id: number;
  readonly fd: number;
  /** Bytes. */
  readonly offset: number;
  readonly length: number;
}

export interface HashAnswer {
  readonly id: number;
  /** In base64; null where it failed. */
  readonly md5: string | null;
  /** Node.js's code of the failure, or `SHORT` where the file ended before the range did. */
  readonly code: string | null;
}

/** A range that is being hashed. */
interface Range extends HashJob {
  /** Bytes that were read. */
  done: number;
  /** Whether its lane was told that nothing more comes. */
  ended: boolean;
}

/** What is read at once where one range is hashed alone. */
const ALONE_BYTES = 256 * 1024;

const waiting: Range[] = [];
/** Ranges in lockstep, each in its lane. */
const lanes: (Range | null)[] = Array.from({ length: LANES }, () => null);
const md5 = Md5Lanes.create();
/** A range by itself goes twice as fast with Node.js's own hash as it would in one lane of eight. */
let alone: { readonly range: Range; readonly hash: Hash } | null = null;
const room = Buffer.allocUnsafeSlow(ALONE_BYTES);
let isGoing = false;

parentPort?.on('message', (job: HashJob) => {
  waiting.push({ ...job, done: 0, ended: false });
  if (isGoing) return;
  isGoing = true;
  // What else was asked at the same time is heard before.
  setImmediate(go);
});

/** One step of everything that is under way, so that what is asked meanwhile can join it. */
function go(): void {
  admit();
  if (md5) advance(md5);
  if (alone) advanceAlone(alone.range, alone.hash);
  isGoing = waiting.length > 0 || alone !== null || lanes.some((range) => range !== null);
  if (isGoing) setImmediate(go);
}

function admit(): void {
  const isBusy = alone !== null || lanes.some((range) => range !== null);
  if (md5 && (isBusy || waiting.length > 1)) {
    lanes.forEach((range, lane) => {
      if (range !== null || waiting.length === 0) return;
      md5.begin(lane);
      lanes[lane] = waiting.shift() ?? null;
    });
  } else if (alone === null) {
    const range = waiting.shift();
    if (range) alone = { range, hash: createHash('md5') };
  }
}

function advance(md5: Md5Lanes): void {
  lanes.forEach((range, lane) => {
    if (range === null || !md5.isHungry(lane)) return;
    try {
      feed(md5, lane, range);
    } catch (error) {
      lanes[lane] = null;
      fail(range, error);
    }
  });
  md5.advance();
  lanes.forEach((range, lane) => {
    if (range === null || !range.ended || !md5.isHungry(lane)) return;
    lanes[lane] = null;
    answer({ id: range.id, md5: md5.digest(lane), code: null });
  });
}

function feed(md5: Md5Lanes, lane: number, range: Range): void {
  const bytes = Math.min(LANE_BYTES, range.length - range.done);
  read(range, md5.room(lane).subarray(0, bytes));
  range.ended = bytes < LANE_BYTES;
  if (range.ended) md5.feedLast(lane, bytes, range.length);
  else md5.feed(lane);
}

function advanceAlone(range: Range, hash: Hash): void {
  try {
    const chunk = room.subarray(0, range.length - range.done);
    read(range, chunk);
    hash.update(chunk);
    if (range.done < range.length) return;
    answer({ id: range.id, md5: hash.digest('base64'), code: null });
  } catch (error) {
    fail(range, error);
  }
  alone = null;
}

function read(range: Range, into: Uint8Array): void {
  for (let filled = 0; filled < into.length;) {
    const bytes = readSync(range.fd, into, filled, into.length - filled, range.offset + range.done);
    if (bytes === 0) throw Object.assign(new Error('The file has ended.'), { code: 'SHORT' });
    filled += bytes;
    range.done += bytes;
  }
}

function fail({ id }: Range, error: unknown): void {
  answer({ id, md5: null, code: (error as { code?: string }).code ?? 'EIO' });
}

function answer(found: HashAnswer): void {
  parentPort?.postMessage(found);
}
