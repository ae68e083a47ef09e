import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS } from '../../../src/main/upload/retry-policy.ts';
import { busy, denied, lost, PART, quiet, refusal, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;
const COMPLETE = 'complete u1: 1 2 3';

describe('a file of one part', () => {
  it('is one PUT, checked before and after, and no multipart upload', async () => {
    const script = new ScriptedUpload(1000);
    expect(await script.run()).toEqual({ kind: 'done', size: 1000 });
    expect(script.lines).toEqual(['check file', 'sign put', 'put', 'confirm']);
  });

  it('may be empty', async () => {
    const script = new ScriptedUpload(0);
    expect(await script.run()).toEqual({ kind: 'done', size: 0 });
    expect(script.lines).toEqual(['check file', 'sign put', 'put', 'confirm']);
    expect(script.upload.progress).toMatchObject({ sentBytes: 0, totalBytes: 0 });
  });

  it('may be as large as a part, and not a byte larger', async () => {
    const whole = new ScriptedUpload(PART);
    await whole.run();
    expect(whole.count('put')).toBe(1);
    const larger = new ScriptedUpload(PART + 1);
    await larger.run();
    expect(larger.lines).toContain('complete u1: 1 2');
  });

  it('is neither signed nor sent where it has changed', async () => {
    const script = new ScriptedUpload(1000);
    script.refuse('check file', refusal('file-changed'));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'file-changed' } });
    expect(script.lines).toEqual(['check file']);
  });

  it('is checked and signed anew when it is sent again', async () => {
    const script = new ScriptedUpload(1000);
    script.refuse('put', lost());
    expect((await script.run()).kind).toBe('done');
    expect(script.lines).toEqual([
      ...['check file', 'sign put', 'put'],
      ...['check file', 'sign put', 'put', 'confirm'],
    ]);
  });

  it('has nothing to abort where it is refused', async () => {
    const script = new ScriptedUpload(1000);
    script.refuse('put', denied());
    expect(await script.run()).toEqual({
      kind: 'failed',
      failure: {
        code: 'access-denied',
        message: 'Scripted: access-denied.',
        next: undefined,
        requestId: 'TX1',
      },
    });
    expect(script.lines).toEqual(['check file', 'sign put', 'put']);
  });

  it('has failed where the object that is there is another’s', async () => {
    const script = new ScriptedUpload(1000);
    script.object = { size: 1000, ours: false };
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'upload-incomplete' } });
  });
});

describe('a file of several parts', () => {
  it('is created, sent part by part, completed and confirmed', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    expect(await script.run()).toEqual({ kind: 'done', size: THREE_PARTS });
    expect(script.lines).toEqual([
      'create',
      ...['sign part 1', 'put part 1'],
      ...['sign part 2', 'put part 2'],
      ...['sign part 3', 'put part 3'],
      ...['check file', COMPLETE, 'confirm'],
    ]);
    expect(script.upload.leftover).toBeNull();
  });

  it('is never sent in more parts at once than allowed', async () => {
    const script = new ScriptedUpload(6 * PART, 3);
    const firsts = [1, 2, 3].map((part) => script.hold(`put part ${part}`));
    const run = script.run();
    await Promise.all(firsts.map(({ reached }) => reached));
    await quiet();
    expect(script.lines).not.toContain('sign part 4');
    for (const first of firsts) first.release();
    expect((await run).kind).toBe('done');
    expect(script.mostAtOnce).toBe(3);
  });

  it('asks no more workers than there are parts', async () => {
    const script = new ScriptedUpload(PART + 1, 16);
    await script.run();
    expect(script.lines.filter((line) => line.startsWith('sign'))).toEqual(['sign part 1', 'sign part 2']);
  });

  it('is completed in ascending order, in whatever order its parts arrive', async () => {
    const script = new ScriptedUpload(THREE_PARTS, 3);
    const first = script.hold('put part 1');
    const second = script.hold('put part 2');
    const run = script.run();
    await Promise.all([first.reached, second.reached]);
    await quiet();
    second.release();
    await quiet();
    expect(script.lines).not.toContain(COMPLETE);
    first.release();
    expect((await run).kind).toBe('done');
    expect(script.lines).toContain(COMPLETE);
  });

  it('is completed with the ETag of each part’s last sending', async () => {
    const script = new ScriptedUpload(PART + 1);
    script.refuse('put part 1', lost());
    await script.run();
    expect(script.completedWith).toEqual([
      { partNumber: 1, etag: 'etag of ?put-part-1-signature-2' },
      { partNumber: 2, etag: 'etag of ?put-part-2-signature-3' },
    ]);
  });

  it('fails without a trace on the server where it cannot be created', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('create', denied());
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'access-denied' } });
    expect(script.lines).toEqual(['create']);
  });

  it('is never completed where the file has changed meanwhile; its parts are dropped', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('check file', refusal('file-changed'));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'file-changed' } });
    expect(script.lines.slice(-2)).toEqual(['check file', 'abort u1']);
    expect(script.lines).not.toContain(COMPLETE);
  });

  it('is dropped at once where the file ends before its size', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('read', refusal('file-changed'));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'file-changed' } });
    expect(script.lines).toEqual(['create', 'abort u1']);
  });
});

describe('a request that may succeed later', () => {
  it('is sent again, each part with a signature of its own', async () => {
    const script = new ScriptedUpload(PART + 1);
    script.refuse('create', busy());
    script.refuse('put part 1', busy(), lost());
    script.refuse('sign part 2', busy());
    expect((await script.run()).kind).toBe('done');
    expect(script.lines).toEqual([
      ...['create', 'create'],
      ...['sign part 1', 'put part 1', 'sign part 1', 'put part 1', 'sign part 1', 'put part 1'],
      ...['sign part 2', 'sign part 2', 'put part 2'],
      ...['check file', 'complete u1: 1 2', 'confirm'],
    ]);
  });

  it('waits longer each time, within bounds', async () => {
    const script = new ScriptedUpload(PART + 1);
    script.refuse('put part 1', busy(), busy(), busy(), busy(), busy());
    expect((await script.run()).kind).toBe('done');
    expect(script.delays).toEqual([499, 999, 1998, 3996, 7992]);
  });

  it('is given up after its last attempt, and the upload is dropped', async () => {
    const script = new ScriptedUpload(PART + 1);
    script.refuse('put part 1', ...Array.from({ length: MAX_ATTEMPTS }, busy));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'server-busy' } });
    expect(script.count('put part 1')).toBe(MAX_ATTEMPTS);
    expect(script.delays).toHaveLength(MAX_ATTEMPTS - 1);
    expect(script.lines.at(-1)).toBe('abort u1');
  });
});

describe('the end of an upload in parts', () => {
  const gone = () => refusal('upload-gone');

  it('is good where Complete’s answer was lost and the object is ours', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, lost(), gone());
    expect((await script.run()).kind).toBe('done');
    expect(script.lines.slice(-4)).toEqual([COMPLETE, COMPLETE, 'confirm', 'confirm']);
  });

  it.each([
    ['another’s', { size: THREE_PARTS, ours: false }, 'upload-gone'],
    ['of another size', { size: THREE_PARTS - 1, ours: true }, 'upload-incomplete'],
  ])('is bad where Complete’s answer was lost and the object is %s', async (_which, object, code) => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.object = object;
    script.refuse(COMPLETE, lost(), gone());
    script.refuse('abort u1', gone());
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code } });
    expect(script.upload.leftover).toBeNull();
  });

  it('is bad where the upload is gone and no object is there', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, gone());
    script.refuse('confirm', refusal('no-such-key'));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'upload-gone' } });
  });

  it('is bad where the object is of another size, though Complete succeeded', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.object = { size: PART, ours: true };
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'upload-incomplete' } });
  });

  it('is refused where Complete is refused, and nothing is confirmed', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, denied());
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'access-denied' } });
    expect(script.lines.slice(-2)).toEqual([COMPLETE, 'abort u1']);
  });

  it('is asked for again where HEAD finds no answer at first', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('confirm', busy());
    expect((await script.run()).kind).toBe('done');
    expect(script.count('confirm')).toBe(2);
    expect(script.count(COMPLETE)).toBe(1);
  });
});
