import { describe, expect, it } from 'vitest';
import { PartQueue } from '../../../src/main/upload/part-queue.ts';
import type { PartRange } from '../../../src/main/upload/part-plan.ts';

const tag = (etag: string) => ({ etag, md5: `md5 of ${etag}` });
const queueOfThree = () => new PartQueue({ size: 25, partSize: 10, partCount: 3 });

function takeAll(queue: PartQueue): PartRange[] {
  const parts: PartRange[] = [];
  for (let part = queue.take(); part; part = queue.take()) parts.push(part);
  return parts;
}

describe('a queue of parts', () => {
  it('hands out each part once, with its bytes', () => {
    const queue = queueOfThree();
    expect(takeAll(queue)).toEqual([
      { partNumber: 1, offset: 0, length: 10 },
      { partNumber: 2, offset: 10, length: 10 },
      { partNumber: 3, offset: 20, length: 5 },
    ]);
    expect(queue.take()).toBeNull();
  });

  it('hands out again what was given back, and before anything new', () => {
    const queue = queueOfThree();
    const [first, second] = [queue.take()!, queue.take()!];
    queue.giveBack(second);
    queue.giveBack(first);
    expect(takeAll(queue).map(({ partNumber }) => partNumber)).toEqual([2, 1, 3]);
  });

  it('hands out what was given back though it was empty already', () => {
    const queue = queueOfThree();
    const last = takeAll(queue).at(-1)!;
    queue.giveBack(last);
    expect(queue.take()).toEqual(last);
    expect(queue.take()).toBeNull();
  });

  it('lists the parts that arrived by their numbers, not as text nor as they came', () => {
    const queue = new PartQueue({ size: 120, partSize: 10, partCount: 12 });
    const parts = takeAll(queue);
    for (const part of parts.toReversed()) queue.arrived(part.partNumber, tag(`e${part.partNumber}`));
    expect(queue.tags().map(({ partNumber }) => partNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(queue.tags()[9]).toEqual({ partNumber: 10, etag: 'e10' });
  });

  it('lists only what arrived, with its latest ETag', () => {
    const queue = queueOfThree();
    const second = takeAll(queue)[1]!;
    expect(queue.tags()).toEqual([]);
    queue.arrived(second.partNumber, tag('old'));
    queue.arrived(second.partNumber, tag('new'));
    expect(queue.tags()).toEqual([{ partNumber: 2, etag: 'new' }]);
  });

  it('does not hand out what an earlier process has sent', () => {
    const queue = queueOfThree();
    queue.arrived(1, tag('e1'));
    queue.arrived(3, tag('e3'));
    expect(takeAll(queue).map(({ partNumber }) => partNumber)).toEqual([2]);
  });

  it('tells what was sent of each part that arrived, with its bytes', () => {
    const queue = queueOfThree();
    queue.arrived(3, tag('e3'));
    queue.arrived(1, tag('e1'));
    expect([...queue.sent()]).toEqual([
      { range: { partNumber: 1, offset: 0, length: 10 }, md5: 'md5 of e1' },
      { range: { partNumber: 3, offset: 20, length: 5 }, md5: 'md5 of e3' },
    ]);
  });
});
