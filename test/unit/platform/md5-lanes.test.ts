import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LANE_BYTES, Md5Lanes } from '../../../src/main/platform/md5-lanes.ts';
import { LANES } from '../../../src/main/platform/md5-module.ts';
import { seededBytes } from './seeded-bytes.ts';

const KIB = 1024;

/** https://www.rfc-editor.org/rfc/rfc1321, A.5 */
const VECTORS = [
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a', '0cc175b9c0f1b6a831c399e269772661'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
] as const;

/** Hashes messages, each in the next lane that is free, and all that are under way in lockstep. */
function hashed(messages: readonly Buffer[]): string[] {
  const md5 = Md5Lanes.create()!;
  const found: string[] = [];
  const waiting = [...messages.entries()];
  const lanes = Array.from(
    { length: LANES },
    () => null as null | { id: number; rest: Buffer; size: number },
  );
  const ended = new Set<number>();
  while (waiting.length > 0 || lanes.some(Boolean)) {
    for (let lane = 0; lane < LANES; lane++) {
      if (lanes[lane] === null && waiting.length > 0) {
        const [id, message] = waiting.shift()!;
        lanes[lane] = { id, rest: message, size: message.length };
        md5.begin(lane);
      }
      const own = lanes[lane];
      if (!own || !md5.isHungry(lane)) continue;
      const bytes = own.rest.copy(md5.room(lane));
      own.rest = own.rest.subarray(bytes);
      if (bytes === LANE_BYTES) md5.feed(lane);
      else {
        md5.feedLast(lane, bytes, own.size);
        ended.add(lane);
      }
    }
    md5.advance();
    for (const lane of ended) {
      if (!md5.isHungry(lane)) continue;
      found[lanes[lane]!.id] = md5.digest(lane);
      lanes[lane] = null;
      ended.delete(lane);
    }
  }
  return found;
}

const expected = (messages: readonly Buffer[]) =>
  messages.map((message) => createHash('md5').update(message).digest('base64'));

/** Beside every edge of a block, of its padding and of a lane's room. */
const EDGES = [0, 55, 56, 63, 64, 119, 120, 128, LANE_BYTES - 9, LANE_BYTES, 2 * LANE_BYTES, 3 * LANE_BYTES]
  .flatMap((edge) => [edge - 1, edge, edge + 1])
  .filter((bytes) => bytes >= 0);

describe('MD5 in lanes', () => {
  it('finds what the standard says', () => {
    const digests = hashed(VECTORS.map(([message]) => Buffer.from(message)));
    expect(digests.map((digest) => Buffer.from(digest, 'base64').toString('hex'))).toEqual(
      VECTORS.map(([, digest]) => digest),
    );
  });

  it.each(Array.from({ length: LANES }, (_, lane) => lane))(
    'finds the same in lane %i, whatever its neighbours do',
    (lane) => {
      const messages = Array.from({ length: LANES }, (_, other) =>
        seededBytes(other + 1, other === lane ? 100 * KIB + 7 : 10),
      );
      expect(hashed(messages)).toEqual(expected(messages));
    },
  );

  it('finds what Node.js finds at every edge of a block, of its padding and of a room', () => {
    const messages = EDGES.map((bytes, index) => seededBytes(index, bytes));
    expect(hashed(messages)).toEqual(expected(messages));
  });

  it('finds what Node.js finds for any lengths side by side', () => {
    const lengths = seededBytes(1321, 200);
    const messages = Array.from({ length: 50 }, (_, index) =>
      seededBytes(index, lengths.readUInt32LE(4 * index) % (300 * KIB)),
    );
    expect(hashed(messages)).toEqual(expected(messages));
  });

  it('tells one changed bit', () => {
    const message = seededBytes(5, 70 * KIB);
    const changed = Buffer.from(message);
    changed[66 * KIB] = changed[66 * KIB]! ^ 1;
    const [first, second] = hashed([message, changed]);
    expect(first).not.toBe(second);
  });

  it('counts the length of a message beyond four gigabytes of bits', () => {
    const md5 = Md5Lanes.create()!;
    const size = 513 * 1024 * KIB;
    const block = Buffer.alloc(LANE_BYTES, 7);
    const reference = createHash('md5');
    md5.begin(3);
    md5.room(3).set(block);
    for (let done = 0; done < size; done += LANE_BYTES) {
      md5.feed(3);
      md5.advance();
      reference.update(block);
    }
    md5.feedLast(3, 0, size);
    md5.advance();
    expect(md5.digest(3)).toBe(reference.digest('base64'));
  }, 60_000);

  it('has nothing to do where nothing was fed', () => {
    const md5 = Md5Lanes.create()!;
    md5.begin(0);
    md5.advance();
    md5.feedLast(0, 0, 0);
    md5.advance();
    expect(md5.digest(0)).toBe('1B2M2Y8AsgTpgAmY7PhCfg==');
  });
});
