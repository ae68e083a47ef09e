import { describe, expect, it } from 'vitest';
import { UNHEARD_UPLOAD } from '../../../src/main/history/share-record.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { refusal } from './scripted-bucket.ts';
import { CREATE, madeBy, targetScene } from './target-scene.ts';

const EXPIRED = refusal(400, 'ExpiredToken');
const diskFull = () => new SandglassError('disk-full', 'Scripted: full.');
/** It is there again each time that somebody looks. */
const BACK = ['HeadObject', 'DeleteObject'];

describe('an upload target', () => {
  it('has it written down that an upload may begin, and then its id', async () => {
    const { target, lines, onUploadId } = targetScene();
    expect(await target.create()).toBe('u1');
    expect(onUploadId.mock.calls).toEqual([[UNHEARD_UPLOAD], ['u1']]);
    expect(lines).toEqual(['CreateMultipartUpload']);
  });

  it('has it written down that there is none any more once it is completed or dropped', async () => {
    const { target, onUploadId } = targetScene({ ...CREATE, CompleteMultipartUpload: { Key: 'a.txt' } });
    await target.complete('u1', []);
    expect(onUploadId.mock.calls).toEqual([[null]]);
    await target.abort('u1');
    expect(onUploadId.mock.calls).toEqual([[null], [null]]);
  });

  it('asks nobody to drop what was never begun', async () => {
    const { target, lines, onUploadId } = targetScene();
    await target.abort(null);
    expect([lines, onUploadId.mock.calls]).toEqual([[], []]);
  });
});

describe('an upload target whose history cannot be written', () => {
  const failing = () => {
    throw diskFull();
  };

  it('begins nothing', async () => {
    const { target, lines } = targetScene(CREATE, { onUploadId: failing });
    await expect(target.create()).rejects.toMatchObject({ code: 'disk-full' });
    expect(lines).toEqual([]);
  });

  it('drops the upload that it has just begun, because nobody would ever find it again', async () => {
    const { target, lines, onUploadId } = targetScene();
    onUploadId.mockReturnValueOnce(true).mockImplementationOnce(failing);
    await expect(target.create()).rejects.toMatchObject({ code: 'disk-full' });
    expect(lines).toEqual(['CreateMultipartUpload', 'AbortMultipartUpload']);
  });

  it('has completed and aborted all the same, once the server has', async () => {
    const { target } = targetScene({ CompleteMultipartUpload: { Key: 'a.txt' } }, { onUploadId: failing });
    await target.complete('u1', []);
    await target.abort('u1');
  });
});

describe('an upload target whose share was cancelled', () => {
  it('before it is begun asks for nothing', async () => {
    const { target, lines, onUploadId } = targetScene();
    onUploadId.mockReturnValue(false);
    await expect(target.create()).rejects.toMatchObject({ code: 'cancelled' });
    expect(lines).toEqual([]);
  });

  it('while it was being begun drops the upload and says so', async () => {
    const { target, lines, onUploadId } = targetScene();
    onUploadId.mockReturnValueOnce(true).mockReturnValueOnce(false);
    await expect(target.create()).rejects.toMatchObject({ code: 'cancelled' });
    expect(lines).toEqual(['CreateMultipartUpload', 'AbortMultipartUpload']);
  });
});

describe('a request whose token has ended', () => {
  it('is sent once more with the next one', async () => {
    const { target, lines, renew } = targetScene({ HeadObject: [EXPIRED, { ContentLength: 1 }] });
    expect(await target.confirm()).toEqual({ size: 1, ours: false });
    expect([lines, renew.mock.calls.length, target.renewals]).toEqual([['HeadObject', 'HeadObject'], 1, 1]);
  });

  it('is sent no third time', async () => {
    const { target, lines } = targetScene({ HeadObject: EXPIRED });
    await expect(target.confirm()).rejects.toMatchObject({ code: 'credentials-expired' });
    expect(lines).toHaveLength(2);
  });

  it('is not sent again where the same credentials come back', async () => {
    const { target, lines, renew } = targetScene({ HeadObject: EXPIRED });
    renew.mockResolvedValue(false);
    await expect(target.confirm()).rejects.toMatchObject({ code: 'credentials-expired' });
    expect([lines.length, target.renewals]).toEqual([1, 0]);
  });

  it('renews nothing where it is refused for another reason', async () => {
    const { target, renew } = targetScene({ HeadObject: refusal(403, 'AccessDenied') });
    await expect(target.confirm()).rejects.toMatchObject({ code: 'access-denied' });
    expect(renew).not.toHaveBeenCalled();
  });

  it('has the credentials fetched once however many parts were refused together', async () => {
    const { target, renew } = targetScene();
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
    const { target, renew } = targetScene();
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
      ['DeleteObject', 'HeadObject', 'HeadObject', 'HeadObject'],
    ],
    [
      'is done where the object is ours',
      true,
      madeBy('mark'),
      true,
      ['HeadObject', 'DeleteObject', ...BACK, ...BACK, ...BACK],
    ],
    ['deletes nothing of others', true, madeBy('other'), true, ['HeadObject']],
    ['is done where nothing is', true, { HeadObject: refusal(404, 'NotFound') }, true, ['HeadObject']],
    ['is in doubt where it may not look', true, { HeadObject: refusal(403, 'X') }, false, ['HeadObject']],
  ])('%s', async (_what, neverOverwrite, answers, gone, expected) => {
    const { target, lines } = targetScene(answers, { neverOverwrite });
    expect(await target.discard()).toBe(gone);
    expect(lines).toEqual(expected);
  });

  const GONE = refusal(404, 'NotFound');
  const BUSY = refusal(503, 'SlowDown');
  it('looks again for what comes late where a look met a busy server, though nothing is there now', async () => {
    const HeadObject = [madeBy('mark').HeadObject, BUSY, GONE, madeBy('mark').HeadObject, GONE];
    const { target, lines } = targetScene({ HeadObject }, { neverOverwrite: true });
    await expect(target.discard()).rejects.toMatchObject({ retryable: true });
    expect(await target.discard()).toBe(true);
    expect(lines).toEqual(['HeadObject', 'DeleteObject', 'HeadObject', 'HeadObject', ...BACK, 'HeadObject']);
  });

  it('looks for what comes late where the answer to its deletion was lost', async () => {
    const answers = { HeadObject: [madeBy('mark').HeadObject, GONE], DeleteObject: BUSY };
    const { target, lines } = targetScene(answers, { neverOverwrite: true });
    await expect(target.discard()).rejects.toMatchObject({ retryable: true });
    expect(await target.discard()).toBe(true);
    expect(lines.slice(2)).toEqual(['HeadObject', 'HeadObject', 'HeadObject']);
  });

  it('deletes nothing of others that came after its own object had gone', async () => {
    const HeadObject = [madeBy('mark').HeadObject, BUSY, madeBy('other').HeadObject];
    const { target, lines } = targetScene({ HeadObject }, { neverOverwrite: true });
    await expect(target.discard()).rejects.toMatchObject({ retryable: true });
    expect(await target.discard()).toBe(true);
    expect(lines.filter((line) => line === 'DeleteObject')).toHaveLength(1);
  });

  it.each(['DeleteObject', 'HeadObject'])('may be tried again where %s meets a busy server', async (busy) => {
    const { target } = targetScene({ [busy]: refusal(500, 'InternalError') });
    await expect(target.discard()).rejects.toMatchObject({ retryable: true });
  });
});

describe('an upload target that must not overwrite', () => {
  it.each([
    ['begins where nothing is', refusal(404, 'NotFound')],
    ['begins where it may not look, as If-None-Match still guards', refusal(403, 'Unknown')],
  ])('%s', async (_what, HeadObject) => {
    const { target } = targetScene({ ...CREATE, HeadObject }, { neverOverwrite: true });
    expect(await target.create()).toBe('u1');
  });

  it('begins nothing where something is', async () => {
    const { target, lines } = targetScene(
      { ...CREATE, HeadObject: { ContentLength: 1 } },
      { neverOverwrite: true },
    );
    await expect(target.create()).rejects.toMatchObject({ code: 'key-taken' });
    expect(lines).toEqual(['HeadObject']);
  });
});
