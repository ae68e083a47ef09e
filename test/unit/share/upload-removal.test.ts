import { describe, expect, it } from 'vitest';
import { UNHEARD_UPLOAD } from '../../../src/main/history/share-record.ts';
import { removeLeftover, removeUnheard, removeUpload } from '../../../src/main/share/upload-removal.ts';
import { BucketObject } from '../../../src/main/signing/bucket-object.ts';
import { recordOf } from '../board/records.ts';
import { refusal, scriptedBucket, type Answer } from './scripted-bucket.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const ABORT = 'AbortMultipartUpload';
const GONE = refusal(404, 'NoSuchUpload');
const journal = { partSize: 5, uploadMark: 'f'.repeat(32) };
/** With the bytes of that mark. */
const RANDOM_KEY = `${'_'.repeat(21)}w/a.txt`;
const PARTS = { Parts: [{ PartNumber: 1, ETag: '"e"', Size: 5 }] };

function scene(answers: Readonly<Record<string, Answer>>) {
  const bucket = scriptedBucket(answers);
  return { ...bucket, object: new BucketObject(bucket.client, 'mine', 'k/a.txt') };
}

const upload = (UploadId: string, Key: string, at: number) => ({ UploadId, Key, Initiated: new Date(at) });

describe('dropping an upload', () => {
  it('looks whether anything is left of it', async () => {
    const { object, lines, inputs } = scene({});
    await removeUpload(object, 'u1');
    expect(lines).toEqual([ABORT, 'ListParts']);
    expect(inputs[0]).toMatchObject({ Bucket: 'mine', Key: 'k/a.txt', UploadId: 'u1' });
  });

  it('aborts again until the server lists no part: one may land after an abort', async () => {
    const { object, lines } = scene({ ListParts: [PARTS, PARTS, {}] });
    await removeUpload(object, 'u1');
    expect(lines.filter((line) => line === ABORT)).toHaveLength(3);
  });

  it.each(['NoSuchUpload', 'NoSuchKey'])('is done where the server says %s of its parts', async (name) => {
    const { object, lines } = scene({ ListParts: [PARTS, refusal(404, name)] });
    await removeUpload(object, 'u1');
    expect(lines.filter((line) => line === ABORT)).toHaveLength(2);
  });

  it('is done where it is gone already', async () => {
    const { object, lines } = scene({ [ABORT]: GONE });
    await removeUpload(object, 'u1');
    expect(lines).toEqual([ABORT]);
  });

  it('takes the server at its word where it may not look', async () => {
    const { object, lines } = scene({ ListParts: refusal(403, 'AccessDenied') });
    await removeUpload(object, 'u1');
    expect(lines).toEqual([ABORT, 'ListParts']);
  });

  it('says so where parts stay whatever is done, so that it is tried again later', async () => {
    const { object, lines } = scene({ ListParts: PARTS });
    await expect(removeUpload(object, 'u1')).rejects.toMatchObject({ code: 'refused', retryable: true });
    expect(lines.filter((line) => line === ABORT).length).toBeLessThan(10);
  });

  it.each([
    ['abort', { [ABORT]: refusal(403, 'AccessDenied') }, 'access-denied'],
    ['look', { ListParts: refusal(503, 'SlowDown') }, 'server-busy'],
  ])('says so where the server cannot be asked to %s', async (_what, answers, code) => {
    await expect(removeUpload(scene(answers).object, 'u1')).rejects.toMatchObject({ code });
  });
});

describe('dropping what was begun unheard', () => {
  it('drops what was begun for just this key since the share was made, and nothing of others', async () => {
    const Uploads = [
      upload('ours', 'k/a.txt', NOON + 1_000),
      upload('of a longer key', 'k/a.txt.old', NOON + 1_000),
      upload('of long ago', 'k/a.txt', NOON - 3_600_000),
      upload('by a clock that is a little behind', 'k/a.txt', NOON - 60_000),
      upload('by one that is too far behind', 'k/a.txt', NOON - 60_001),
    ];
    const { object, lines, inputs } = scene({ ListMultipartUploads: { Uploads } });
    await removeUnheard(object, NOON);
    const aborted = inputs.filter((_input, index) => lines[index] === ABORT);
    expect(aborted.map(({ UploadId }) => UploadId)).toEqual(['ours', 'by a clock that is a little behind']);
  });

  it('asks for nothing and drops nothing where others may upload to the key too', async () => {
    const Uploads = [upload('of a colleague', 'k/a.txt', NOON + 1_000)];
    const { object, lines } = scene({ ListMultipartUploads: { Uploads } });
    await removeUnheard(object, null);
    expect(lines).toEqual([]);
  });

  it('looks through every page that the server gives, up to the last', async () => {
    const page = (n: number, more: object) => ({ Uploads: [upload(`u${n}`, 'k/a.txt', NOON)], ...more });
    const { object, lines, inputs } = scene({
      ListMultipartUploads: [
        page(1, { IsTruncated: true, NextKeyMarker: 'k/a.txt', NextUploadIdMarker: 'u1' }),
        page(2, { IsTruncated: true, NextKeyMarker: 'k/a.txt' }),
        page(3, { IsTruncated: false, NextKeyMarker: 'k/a.txt', NextUploadIdMarker: 'u3' }),
      ],
    });
    await removeUnheard(object, NOON);
    const at = { Bucket: 'mine', Prefix: 'k/a.txt' };
    expect(inputs.slice(0, 3)).toEqual([
      at,
      { ...at, KeyMarker: 'k/a.txt', UploadIdMarker: 'u1' },
      { ...at, KeyMarker: 'k/a.txt' },
    ]);
    const aborted = inputs.filter((_input, index) => lines[index] === ABORT);
    expect(aborted.map(({ UploadId }) => UploadId)).toEqual(['u1', 'u2', 'u3']);
  });

  it.each([
    ['says no marker', {}],
    ['gives the same page again and again', { NextKeyMarker: 'k/a.txt', NextUploadIdMarker: 'u1' }],
  ])('ends where a server says that there is more, and %s', async (_what, markers) => {
    const page = { Uploads: [upload('u1', 'k/a.txt', NOON)], IsTruncated: true, ...markers };
    const { object, lines } = scene({ ListMultipartUploads: page });
    await removeUnheard(object, NOON);
    expect(lines.filter((line) => line === 'ListMultipartUploads').length).toBeLessThanOrEqual(2);
  });

  it('drops nothing where nothing was begun', async () => {
    const { object, lines } = scene({});
    await removeUnheard(object, NOON);
    expect(lines).toEqual(['ListMultipartUploads']);
  });
});

describe('what a share may have left', () => {
  it.each([
    ['nothing where it has no upload', null, []],
    ['its upload', 'u1', [ABORT, 'ListParts']],
    ['whatever was begun, where no answer told', UNHEARD_UPLOAD, ['ListMultipartUploads']],
  ])('is %s', async (_what, uploadId, expected) => {
    const { object, lines } = scene({});
    await removeLeftover(object, recordOf('a000000000', { uploadId, journal, key: RANDOM_KEY }));
    expect(lines).toEqual(expected);
  });

  it.each([
    ['has no random piece', 'k/a.txt', journal],
    ['has the random piece of another share', RANDOM_KEY, { ...journal, uploadMark: 'e'.repeat(32) }],
    ['is known by no mark', RANDOM_KEY, null],
    ['is known by a damaged mark', RANDOM_KEY, { ...journal, uploadMark: 'no mark' }],
  ])('is not guessed at where the key %s', async (_what, key, known) => {
    const { object, lines } = scene({ ListMultipartUploads: { Uploads: [upload('u', 'k/a.txt', NOON)] } });
    const record = recordOf('a000000000', { uploadId: UNHEARD_UPLOAD, key, journal: known, sharedAt: NOON });
    await removeLeftover(object, record);
    expect(lines).toEqual([]);
  });
});
