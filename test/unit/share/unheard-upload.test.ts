import { describe, expect, it } from 'vitest';
import { UNHEARD_UPLOAD } from '../../../src/main/history/share-record.ts';
import { refusal, type Answer } from './scripted-bucket.ts';
import { CREATE, madeBy, NOON, targetScene } from './target-scene.ts';

const LOOKED = 'ListMultipartUploads';

describe('an upload that was begun though no answer told', () => {
  it('is dropped before another is begun', async () => {
    const Uploads = [{ UploadId: 'u0', Key: 'a.txt', Initiated: new Date(NOON) }];
    const { target, lines } = targetScene(
      { ...CREATE, ListMultipartUploads: { Uploads } },
      { unheard: true },
    );
    expect(await target.create()).toBe('u1');
    expect(lines).toEqual([
      ...['ListMultipartUploads', 'AbortMultipartUpload', 'ListParts', 'CreateMultipartUpload'],
    ]);
  });

  it('is looked for where it is asked for again, and where it is given up', async () => {
    const lostAnswer = refusal(503, 'SlowDown');
    const { target, lines } = targetScene({ CreateMultipartUpload: [lostAnswer, { UploadId: 'u1' }] });
    await expect(target.create()).rejects.toMatchObject({ code: 'server-busy' });
    await target.abort(null);
    expect(lines).toEqual(['CreateMultipartUpload', LOOKED]);
  });

  it('is looked for once more at the end, and stays in the history until then', async () => {
    const answers = { CreateMultipartUpload: [refusal(503, 'SlowDown'), { UploadId: 'u1' }] };
    const { target, lines, onUploadId } = targetScene({
      ...answers,
      CompleteMultipartUpload: { Key: 'a.txt' },
    });
    await expect(target.create()).rejects.toMatchObject({ code: 'server-busy' });
    await target.complete(await target.create(), []);
    expect(onUploadId).toHaveBeenLastCalledWith(UNHEARD_UPLOAD);
    lines.length = 0;
    await target.sweepLate();
    expect(lines).toEqual([LOOKED, LOOKED, LOOKED]);
    expect(onUploadId).toHaveBeenLastCalledWith(null);
  });

  it('is looked for at the end too where only a HEAD told that the object is made', async () => {
    const answers = { CreateMultipartUpload: [refusal(503, 'SlowDown'), { UploadId: 'u1' }] };
    const { target, lines } = targetScene({ ...answers, ...madeBy('mark') });
    await expect(target.create()).rejects.toMatchObject({ code: 'server-busy' });
    await target.create();
    await target.confirm();
    await target.sweepLate();
    expect(lines.slice(-3)).toEqual([LOOKED, LOOKED, LOOKED]);
  });

  it('stays in the history where it cannot be looked for at the end', async () => {
    const answers = { CreateMultipartUpload: [refusal(503, 'SlowDown'), { UploadId: 'u1' }] };
    const ListMultipartUploads: Answer = [{}, refusal(503, 'SlowDown')];
    const { target, onUploadId } = targetScene({ ...answers, ListMultipartUploads });
    await expect(target.create()).rejects.toMatchObject({ code: 'server-busy' });
    await target.create();
    onUploadId.mockClear();
    await expect(target.sweepLate()).rejects.toMatchObject({ code: 'server-busy' });
    expect(onUploadId).not.toHaveBeenCalled();
  });

  it('is left alone where others may upload to the key too: it may be theirs', async () => {
    const Uploads = [{ UploadId: 'of a colleague', Key: 'a.txt', Initiated: new Date(NOON) }];
    const { target, lines, onUploadId } = targetScene(
      {
        CreateMultipartUpload: [refusal(503, 'SlowDown'), { UploadId: 'u1' }],
        CompleteMultipartUpload: { Key: 'a.txt' },
        ListMultipartUploads: { Uploads },
      },
      { since: null, unheard: true },
    );
    await expect(target.create()).rejects.toMatchObject({ code: 'server-busy' });
    await target.complete(await target.create(), []);
    expect(onUploadId).toHaveBeenLastCalledWith(null);
    await target.sweepLate();
    expect(lines).toEqual(['CreateMultipartUpload', 'CreateMultipartUpload', 'CompleteMultipartUpload']);
  });

  it('is looked for by nobody where every answer came', async () => {
    const { target, lines } = targetScene();
    await target.create();
    await target.sweepLate();
    expect(lines).toEqual(['CreateMultipartUpload']);
  });

  it('cannot be there where the server has refused to begin one', async () => {
    const { target, lines } = targetScene({ CreateMultipartUpload: refusal(403, 'AccessDenied') });
    await expect(target.create()).rejects.toMatchObject({ code: 'access-denied' });
    await target.abort(null);
    expect(lines).toEqual(['CreateMultipartUpload']);
  });
});
