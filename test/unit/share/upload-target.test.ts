import { describe, expect, it, vi } from 'vitest';
import { UNHEARD_UPLOAD } from '../../../src/main/history/share-record.ts';
import { SignedTarget, type TargetObject } from '../../../src/main/share/upload-target.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { refusal, scriptedBucket, type Answer } from './scripted-bucket.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const CREATE = { CreateMultipartUpload: { UploadId: 'u1' } };
const EXPIRED = refusal(400, 'ExpiredToken');
const headers = { contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'mark' };
const diskFull = () => new SandglassError('disk-full', 'Scripted: full.');
const ours = (mark: string) => ({ HeadObject: { ContentLength: 1, Metadata: { 'sandglass-upload': mark } } });

function scene(answers: Readonly<Record<string, Answer>> = CREATE, change: Partial<TargetObject> = {}) {
  const bucket = scriptedBucket(answers);
  const onUploadId = vi.fn<TargetObject['onUploadId']>(() => true);
  const target = new SignedTarget(bucket.access, {
    ...{
      key: 'a.txt',
      headers,
      neverOverwrite: false,
      unheard: false,
      since: NOON,
      onUploadId,
      settling: () => Promise.resolve(),
    },
    ...change,
  });
  return { ...bucket, target, onUploadId };
}

describe('an upload target', () => {
  it('has it written down that an upload may begin, and then its id', async () => {
    const { target, lines, onUploadId } = scene();
    expect(await target.create()).toBe('u1');
    expect(onUploadId.mock.calls).toEqual([[UNHEARD_UPLOAD], ['u1']]);
    expect(lines).toEqual(['CreateMultipartUpload']);
  });

  it('has it written down that there is none any more once it is completed or dropped', async () => {
    const { target, onUploadId } = scene({ ...CREATE, CompleteMultipartUpload: { Key: 'a.txt' } });
    await target.complete('u1', []);
    expect(onUploadId.mock.calls).toEqual([[null]]);
    await target.abort('u1');
    expect(onUploadId.mock.calls).toEqual([[null], [null]]);
  });

  it('asks nobody to drop what was never begun', async () => {
    const { target, lines, onUploadId } = scene();
    await target.abort(null);
    expect([lines, onUploadId.mock.calls]).toEqual([[], []]);
  });
});

describe('an upload that was begun though no answer told', () => {
  it('is dropped before another is begun', async () => {
    const Uploads = [{ UploadId: 'u0', Key: 'a.txt', Initiated: new Date(NOON) }];
    const { target, lines } = scene({ ...CREATE, ListMultipartUploads: { Uploads } }, { unheard: true });
    expect(await target.create()).toBe('u1');
    expect(lines).toEqual([
      ...['ListMultipartUploads', 'AbortMultipartUpload', 'ListParts', 'CreateMultipartUpload'],
    ]);
  });

  it('is looked for where it is asked for again, and where it is given up', async () => {
    const lostAnswer = refusal(503, 'SlowDown');
    const { target, lines } = scene({ CreateMultipartUpload: [lostAnswer, { UploadId: 'u1' }] });
    await expect(target.create()).rejects.toMatchObject({ code: 'server-busy' });
    await target.abort(null);
    const looked = 'ListMultipartUploads';
    // Twice, for the request may be carried out between the first look and the second.
    expect(lines).toEqual(['CreateMultipartUpload', looked, looked]);
  });

  it('cannot be there where the server has refused to begin one', async () => {
    const { target, lines } = scene({ CreateMultipartUpload: refusal(403, 'AccessDenied') });
    await expect(target.create()).rejects.toMatchObject({ code: 'access-denied' });
    await target.abort(null);
    expect(lines).toEqual(['CreateMultipartUpload']);
  });
});

describe('an upload target whose history cannot be written', () => {
  const failing = () => {
    throw diskFull();
  };

  it('begins nothing', async () => {
    const { target, lines } = scene(CREATE, { onUploadId: failing });
    await expect(target.create()).rejects.toMatchObject({ code: 'disk-full' });
    expect(lines).toEqual([]);
  });

  it('drops the upload that it has just begun, because nobody would ever find it again', async () => {
    const { target, lines, onUploadId } = scene();
    onUploadId.mockReturnValueOnce(true).mockImplementationOnce(failing);
    await expect(target.create()).rejects.toMatchObject({ code: 'disk-full' });
    expect(lines).toEqual(['CreateMultipartUpload', 'AbortMultipartUpload']);
  });

  it('has completed and aborted all the same, once the server has', async () => {
    const { target } = scene({ CompleteMultipartUpload: { Key: 'a.txt' } }, { onUploadId: failing });
    await target.complete('u1', []);
    await target.abort('u1');
  });
});

describe('an upload target whose share was cancelled', () => {
  it('before it is begun asks for nothing', async () => {
    const { target, lines, onUploadId } = scene();
    onUploadId.mockReturnValue(false);
    await expect(target.create()).rejects.toMatchObject({ code: 'cancelled' });
    expect(lines).toEqual([]);
  });

  it('while it was being begun drops the upload and says so', async () => {
    const { target, lines, onUploadId } = scene();
    onUploadId.mockReturnValueOnce(true).mockReturnValueOnce(false);
    await expect(target.create()).rejects.toMatchObject({ code: 'cancelled' });
    expect(lines).toEqual(['CreateMultipartUpload', 'AbortMultipartUpload']);
  });
});

describe('a request whose token has ended', () => {
  it('is sent once more with the next one', async () => {
    const { target, lines, renew } = scene({ HeadObject: [EXPIRED, { ContentLength: 1 }] });
    expect(await target.confirm()).toEqual({ size: 1, ours: false });
    expect([lines, renew.mock.calls.length, target.renewals]).toEqual([['HeadObject', 'HeadObject'], 1, 1]);
  });

  it('is sent no third time', async () => {
    const { target, lines } = scene({ HeadObject: EXPIRED });
    await expect(target.confirm()).rejects.toMatchObject({ code: 'credentials-expired' });
    expect(lines).toHaveLength(2);
  });

  it('is not sent again where the same credentials come back', async () => {
    const { target, lines, renew } = scene({ HeadObject: EXPIRED });
    renew.mockResolvedValue(false);
    await expect(target.confirm()).rejects.toMatchObject({ code: 'credentials-expired' });
    expect([lines.length, target.renewals]).toEqual([1, 0]);
  });

  it('renews nothing where it is refused for another reason', async () => {
    const { target, renew } = scene({ HeadObject: refusal(403, 'AccessDenied') });
    await expect(target.confirm()).rejects.toMatchObject({ code: 'access-denied' });
    expect(renew).not.toHaveBeenCalled();
  });

  it('has the credentials fetched once however many parts were refused together', async () => {
    const { target, renew } = scene();
    const gate = Promise.withResolvers<boolean>();
    renew.mockReturnValue(gate.promise);
    const many = Promise.all(Array.from({ length: 16 }, () => target.renewCredentials(0)));
    gate.resolve(true);
    expect(new Set(await many)).toEqual(new Set([true]));
    expect(await target.renewCredentials(0)).toBe(true);
    expect([renew.mock.calls.length, target.renewals]).toEqual([1, 1]);
    await target.renewCredentials(1);
    expect(renew).toHaveBeenCalledTimes(2);
  });

  it('may be tried again after a renewal that failed', async () => {
    const { target, renew } = scene();
    renew.mockRejectedValueOnce(new SandglassError('no-credentials', 'None.'));
    await expect(target.renewCredentials(0)).rejects.toMatchObject({ code: 'no-credentials' });
    expect(await target.renewCredentials(0)).toBe(true);
  });
});

describe('to discard an object', () => {
  it.each([
    [
      'needs no look where nobody else can have written under its key',
      false,
      {},
      true,
      ['DeleteObject', 'HeadObject'],
    ],
    [
      'is done where the object is ours',
      true,
      ours('mark'),
      true,
      ['HeadObject', 'DeleteObject', 'HeadObject', 'DeleteObject'],
    ],
    ['deletes nothing of others', true, ours('other'), true, ['HeadObject']],
    ['is done where nothing is', true, { HeadObject: refusal(404, 'NotFound') }, true, ['HeadObject']],
    ['is in doubt where it may not look', true, { HeadObject: refusal(403, 'X') }, false, ['HeadObject']],
  ])('%s', async (_what, neverOverwrite, answers, gone, expected) => {
    const { target, lines } = scene(answers, { neverOverwrite });
    expect(await target.discard()).toBe(gone);
    expect(lines).toEqual(expected);
  });
});

describe('an upload target that must not overwrite', () => {
  it.each([
    ['begins where nothing is', refusal(404, 'NotFound')],
    ['begins where it may not look, as If-None-Match still guards', refusal(403, 'Unknown')],
  ])('%s', async (_what, HeadObject) => {
    const { target } = scene({ ...CREATE, HeadObject }, { neverOverwrite: true });
    expect(await target.create()).toBe('u1');
  });

  it('begins nothing where something is', async () => {
    const { target, lines } = scene(
      { ...CREATE, HeadObject: { ContentLength: 1 } },
      { neverOverwrite: true },
    );
    await expect(target.create()).rejects.toMatchObject({ code: 'key-taken' });
    expect(lines).toEqual(['HeadObject']);
  });
});
