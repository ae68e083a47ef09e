import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BucketContents } from '../../../src/renderer/state/bucket-contents.svelte.ts';
import { bucketObject } from '../../renderer/fake-bucket.ts';
import { FakeBridge } from '../../renderer/fake-bridge.ts';
import { failure } from '../../renderer/shares.ts';
import { settle } from './opened-window.ts';

const PLACE = { bucket: 'family-album', prefix: '' };
const keys = (count: number) =>
  Array.from({ length: count }, (_, at) => bucketObject(`key-${String(at).padStart(6, '0')}`));

function contentsOf(count: number) {
  const fake = new FakeBridge();
  fake.bucket.objects = keys(count);
  return { fake, contents: new BucketContents(fake.bridge) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a folder of a hundred thousand keys', () => {
  it('is read ahead of what is seen, and no further', async () => {
    const { fake, contents } = contentsOf(100_000);
    await contents.open(PLACE);
    expect(contents.count).toBe(3_000);
    expect(contents.total).toBe(3_001);
    await contents.look(2_500);
    expect(contents.count).toBe(6_000);
    expect(fake.inputsOf('browse')).toHaveLength(6);
    expect(contents.at(5_999)?.id).toBe('key-005999');
    expect(contents.at(6_000)).toBeUndefined();
  });

  it('is held to its end once it was scrolled there, each key once and in order', async () => {
    const { contents } = contentsOf(100_000);
    await contents.open(PLACE);
    while (!contents.isComplete) await contents.look(contents.count);
    expect(contents.total).toBe(100_000);
    expect(contents.at(99_999)?.id).toBe('key-099999');
    expect(contents.indexOf('key-054321')).toBe(54_321);
  });

  it('is not read again once all of it is held', async () => {
    const { fake, contents } = contentsOf(5);
    await contents.open(PLACE);
    await contents.look(5);
    await contents.look(5);
    expect(fake.inputsOf('browse')).toHaveLength(1);
  });

  it('asks no second time for a page that is being read', async () => {
    const { fake, contents } = contentsOf(100_000);
    const opening = contents.open(PLACE);
    await contents.look(20);
    await contents.look(40);
    await opening;
    const afters = fake.inputsOf('browse').map((asked) => (asked as { after: string | null }).after);
    expect(new Set(afters).size).toBe(afters.length);
  });
});

describe('a folder', () => {
  it('is searched by how names begin, when typing rests, in one request', async () => {
    const { fake, contents } = contentsOf(3);
    await contents.open({ bucket: 'family-album', prefix: 'key-' });
    for (const text of ['0', '00', '000002']) {
      contents.searchFor(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(fake.inputsOf('browse')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(fake.inputsOf('browse').slice(1)).toEqual([
      { bucket: 'family-album', prefix: 'key-000002', after: null, limit: 1000 },
    ]);
    expect([contents.count, contents.foundFor, contents.at(0)?.name]).toEqual([1, '000002', '000002']);
  });

  it('that is left while it is read does not show up in the next one', async () => {
    const { fake, contents } = contentsOf(2);
    const { browse } = fake.handlers;
    let answer: () => void = () => undefined;
    fake.handlers.browse = (asked) =>
      new Promise((resolve) => {
        answer = () => {
          resolve(browse(asked));
        };
      });
    void contents.open(PLACE);
    fake.handlers.browse = () => ({ ok: true, value: { prefixes: ['photos/'], objects: [], next: null } });
    await contents.open({ bucket: 'other', prefix: '' });
    answer();
    await settle();
    expect([contents.count, contents.at(0)?.id]).toEqual([1, 'photos/']);
  });

  it('keeps what was read where a later page fails, and does not ask on and on', async () => {
    const { fake, contents } = contentsOf(10_000);
    await contents.open(PLACE);
    fake.handlers.browse = () => ({ ok: false, failure: failure('No network.') });
    await contents.look(2_900);
    await contents.look(2_950);
    expect([contents.count, contents.total, contents.failure?.message]).toEqual([
      3_000,
      3_000,
      'No network.',
    ]);
    expect(fake.inputsOf('browse')).toHaveLength(4);
  });

  it('leaves out the object that a hand-made folder is', async () => {
    const { fake, contents } = contentsOf(0);
    fake.bucket.objects = [bucketObject('photos/'), bucketObject('photos/a.jpg')];
    await contents.open({ bucket: 'family-album', prefix: 'photos/' });
    expect([contents.count, contents.at(0)?.name]).toEqual([1, 'a.jpg']);
  });

  it('takes in what was uploaded where it belongs, and not twice', async () => {
    const { contents } = contentsOf(3);
    await contents.open(PLACE);
    contents.insert(bucketObject('key-000001a'));
    contents.insert(bucketObject('key-000001a'));
    contents.insert(bucketObject('zoo/lion.jpg'));
    expect([0, 1, 2, 3, 4].map((at) => contents.at(at)?.id)).toEqual([
      'key-000000',
      'key-000001',
      'key-000001a',
      'key-000002',
      'zoo/',
    ]);
    expect(contents.indexOf('key-000002')).toBe(3);
  });

  it('does not take in what stands behind all that was read', async () => {
    const { contents } = contentsOf(100_000);
    await contents.open(PLACE);
    contents.insert(bucketObject('zebra.txt'));
    expect(contents.count).toBe(3_000);
  });
});
