import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, MAX_UNREACHABLE } from '../../../src/main/upload/retry-policy.ts';
import { busy, denied, lost, PART, quiet, refusal, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;
const COMPLETE = 'complete u1: 1 2 3';

describe('a file of one part', () => {
  it('is one PUT, checked before it and told by its ETag, and no multipart upload', async () => {
    const script = new ScriptedUpload(1000);
    expect(await script.run()).toEqual({ kind: 'done', size: 1000 });
    expect(script.lines).toEqual(['compare', 'sign put', 'put']);
  });

  it('may be empty', async () => {
    const script = new ScriptedUpload(0);
    expect(await script.run()).toEqual({ kind: 'done', size: 0 });
    expect(script.lines).toEqual(['compare', 'sign put', 'put']);
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
    script.refuse('compare', refusal('file-changed'));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'file-changed' } });
    expect(script.lines).toEqual(['compare']);
  });

  it('is checked and signed anew when it is sent again', async () => {
    const script = new ScriptedUpload(1000);
    script.refuse('put', lost());
    expect((await script.run()).kind).toBe('done');
    expect(script.lines).toEqual([...['compare', 'sign put', 'put'], ...['compare', 'sign put', 'put']]);
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
      kept: false,
    });
    expect(script.lines).toEqual(['compare', 'sign put', 'put']);
  });

  it('is asked for where its ETag tells nothing, and has failed where the object that is there is another’s', async () => {
    const script = new ScriptedUpload(1000);
    script.answer = () => ({ etag: '"opaque"', encrypted: false });
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
      ...['compare', COMPLETE, 'confirm'],
    ]);
    expect(script.upload.leftover).toBe(false);
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
    let answers = 0;
    script.answer = () => ({ etag: `"answer ${++answers}"`, encrypted: false });
    const first = script.hold('put part 1');
    const run = script.run();
    await first.reached;
    script.upload.pause();
    first.release();
    await quiet();
    script.upload.resume();
    await run;
    expect(script.completedWith).toEqual([
      { partNumber: 1, etag: '"answer 1"' },
      { partNumber: 2, etag: '"answer 2"' },
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
    script.refuse('compare', refusal('file-changed'));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'file-changed' } });
    expect(script.lines.slice(-2)).toEqual(['compare', 'abort u1']);
    expect(script.lines).not.toContain(COMPLETE);
  });

  it('is dropped at once where the file ends before its size', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('md5', refusal('file-changed'));
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
      ...['compare', 'complete u1: 1 2', 'confirm'],
    ]);
  });

  it('waits longer each time, within bounds', async () => {
    const script = new ScriptedUpload(PART + 1);
    script.refuse('put part 1', busy(), busy(), busy(), busy(), busy());
    expect((await script.run()).kind).toBe('done');
    expect(script.delays).toEqual([499, 999, 1998, 3996, 7992]);
  });

  it('is waited with after its last attempt, and nothing is dropped', async () => {
    const script = new ScriptedUpload(PART + 1);
    script.refuse('put part 1', ...Array.from({ length: MAX_ATTEMPTS }, busy));
    const recovery = script.hold('recovery');
    const run = script.run();
    await recovery.reached;
    expect(script.count('put part 1')).toBe(MAX_ATTEMPTS);
    expect(script.delays).toHaveLength(MAX_ATTEMPTS - 1);
    expect(script.upload.progress.state).toMatchObject({ kind: 'paused', reason: { code: 'server-busy' } });
    expect(script.lines).not.toContain('abort u1');
    recovery.release();
    expect((await run).kind).toBe('done');
  });

  it('is given up after fewer attempts where there is no network at all', async () => {
    const script = new ScriptedUpload(PART + 1);
    const away = () => refusal('unreachable', { retryable: true });
    script.refuse('put part 1', ...Array.from({ length: MAX_UNREACHABLE }, away));
    const recovery = script.hold('recovery');
    void script.run();
    await recovery.reached;
    expect(script.count('put part 1')).toBe(MAX_UNREACHABLE);
  });
});
