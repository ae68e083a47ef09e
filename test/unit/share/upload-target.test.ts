import { describe, expect, it } from 'vitest';
import { SandglassError } from '../../../src/shared/errors.ts';
import type { BucketAccess } from '../../../src/main/signing/bucket-access.ts';
import { SignedTarget } from '../../../src/main/share/upload-target.ts';

const diskFull = () => new SandglassError('disk-full', 'Scripted: full.');

/** An access whose client writes down the names of the commands it is sent, and answers each as scripted. */
function scriptedAccess(answers: Readonly<Record<string, unknown>>) {
  const lines: string[] = [];
  const send = (command: object): Promise<unknown> => {
    const name = command.constructor.name.replace('Command', '');
    lines.push(name);
    const answer = answers[name] ?? {};
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const access = { location: { bucket: 'mine' }, client: () => Promise.resolve({ send }) };
  return { lines, access: access as unknown as BucketAccess };
}

const headers = { contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'mark' };
const refusal = (status: number, name: string) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });

const ours = (mark: string) => ({ HeadObject: { ContentLength: 1, Metadata: { 'sandglass-upload': mark } } });

function target(access: BucketAccess, onUploadId: (id: string | null) => boolean, neverOverwrite = false) {
  return new SignedTarget(access, { key: 'a.txt', headers, neverOverwrite, onUploadId });
}

describe('an upload target whose history cannot be written', () => {
  it('drops the upload that it has just begun, because nobody would ever find it again', async () => {
    const { lines, access } = scriptedAccess({ CreateMultipartUpload: { UploadId: 'u1' } });
    const failing = target(access, () => {
      throw diskFull();
    });
    await expect(failing.create()).rejects.toMatchObject({ code: 'disk-full' });
    expect(lines).toEqual(['CreateMultipartUpload', 'AbortMultipartUpload']);
  });

  it('has completed and aborted all the same, once the server has', async () => {
    const { access } = scriptedAccess({ CompleteMultipartUpload: { Key: 'a.txt' } });
    const failing = target(access, () => {
      throw diskFull();
    });
    await failing.complete('u1', []);
    await failing.abort('u1');
  });
});

describe('an upload target whose share was cancelled while it was being begun', () => {
  it('drops the upload and says so', async () => {
    const { lines, access } = scriptedAccess({ CreateMultipartUpload: { UploadId: 'u1' } });
    await expect(target(access, () => false).create()).rejects.toMatchObject({ code: 'cancelled' });
    expect(lines).toEqual(['CreateMultipartUpload', 'AbortMultipartUpload']);
  });
});

describe('to discard an object', () => {
  it.each([
    ['needs no look where nobody else can have written under its key', false, {}, true, ['DeleteObject']],
    ['is done where the object is ours', true, ours('mark'), true, ['HeadObject', 'DeleteObject']],
    ['deletes nothing of others', true, ours('other'), true, ['HeadObject']],
    ['is done where nothing is', true, { HeadObject: refusal(404, 'NotFound') }, true, ['HeadObject']],
    [
      'is in doubt where it may not look',
      true,
      { HeadObject: refusal(403, 'Unknown') },
      false,
      ['HeadObject'],
    ],
  ])('%s', async (_what, neverOverwrite, answers, gone, expected) => {
    const { lines, access } = scriptedAccess(answers);
    expect(await target(access, () => true, neverOverwrite).discard()).toBe(gone);
    expect(lines).toEqual(expected);
  });
});

describe('an upload target that must not overwrite', () => {
  const create = { CreateMultipartUpload: { UploadId: 'u1' } };

  it.each([
    ['begins where nothing is', { ...create, HeadObject: refusal(404, 'NotFound') }],
    [
      'begins where it may not look, as If-None-Match still guards',
      { ...create, HeadObject: refusal(403, 'Unknown') },
    ],
  ])('%s', async (_what, answers) => {
    const { access } = scriptedAccess(answers);
    expect(await target(access, () => true, true).create()).toBe('u1');
  });

  it('begins nothing where something is', async () => {
    const { lines, access } = scriptedAccess({ ...create, HeadObject: { ContentLength: 1 } });
    await expect(target(access, () => true, true).create()).rejects.toMatchObject({ code: 'key-taken' });
    expect(lines).toEqual(['HeadObject']);
  });
});
