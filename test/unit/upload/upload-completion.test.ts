import { describe, expect, it } from 'vitest';
import { busy, denied, gone, lost, PART, quiet, refusal, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;
const COMPLETE = 'complete u1: 1 2 3';

describe('the end of an upload in parts', () => {
  it('is good where Complete’s answer was lost and the object is ours', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, lost(), gone());
    expect((await script.run()).kind).toBe('done');
    expect(script.lines.slice(-4)).toEqual([COMPLETE, COMPLETE, 'confirm', 'confirm']);
    expect(script.count('create')).toBe(1);
  });

  it('is bad where Complete’s answer was lost and the object is of another size', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.object = { size: THREE_PARTS - 1, ours: true };
    script.refuse(COMPLETE, lost(), gone());
    script.refuse('abort u1', gone());
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'upload-incomplete' } });
    expect(script.upload.leftover).toBe(false);
  });

  it('is tried anew where the upload is gone and the object is another’s', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, lost(), gone());
    script.object = { size: THREE_PARTS, ours: false };
    const again = script.hold('complete u2: 1 2 3');
    const run = script.run();
    await again.reached;
    script.object = { size: THREE_PARTS, ours: true };
    again.release();
    expect((await run).kind).toBe('done');
    expect(script.count('put part 1')).toBe(2);
  });

  it('is tried anew where the upload is gone and no object is there', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, gone());
    script.refuse('confirm', refusal('no-such-key'));
    expect((await script.run()).kind).toBe('done');
    expect([script.count('create'), script.count('complete u2: 1 2 3')]).toEqual([2, 1]);
  });

  it('is bad where the object is of another size, though Complete succeeded', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.object = { size: PART, ours: true };
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'upload-incomplete' } });
  });

  it('is bad where the object is not ours, though Complete succeeded', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.object = { size: THREE_PARTS, ours: false };
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'upload-incomplete' } });
  });

  it('is refused where Complete is refused, and nothing is confirmed', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, denied());
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'access-denied' } });
    expect(script.lines.slice(-2)).toEqual([COMPLETE, 'abort u1']);
    expect(script.upload.mayExist).toBe(false);
  });

  it('is asked for again where HEAD finds no answer at first', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('confirm', busy());
    expect((await script.run()).kind).toBe('done');
    expect(script.count('confirm')).toBe(2);
    expect(script.count(COMPLETE)).toBe(1);
  });

  it('is asked for again where a server does not show at once what it has made', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('confirm', refusal('no-such-key'));
    expect((await script.run()).kind).toBe('done');
    expect([script.count('confirm'), script.count(COMPLETE)]).toEqual([2, 1]);
  });

  it('has failed where the object never comes to be seen', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('confirm', ...Array.from({ length: 6 }, () => refusal('no-such-key')));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'no-such-key' } });
    expect(script.upload.mayExist).toBe(true);
  });

  it('is tried anew where a server that was only ever busy turns out to have lost the upload', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, ...Array.from({ length: 6 }, busy));
    script.refuse('parts u1', gone());
    expect((await script.run()).kind).toBe('done');
    expect(script.awaited).toEqual([]);
    expect(script.lines).toContain('complete u2: 1 2 3');
  });

  it('waits where a server is busy and still has the upload', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(COMPLETE, ...Array.from({ length: 6 }, busy));
    expect((await script.run()).kind).toBe('done');
    expect([script.awaited, script.count('create'), script.count(COMPLETE)]).toEqual([['server-busy'], 1, 7]);
  });
});

describe('a file that was written to while it was uploading', () => {
  it('passes where its bytes are those that were sent', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.fileIs = 'touched';
    expect((await script.run()).kind).toBe('done');
    const ranges = [`0+${PART}`, `${PART}+${PART}`, `${2 * PART}+1000`];
    expect(script.hashed).toEqual([...ranges, ...ranges]);
  });

  it('is not hashed once more where nobody has touched it', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    await script.run();
    expect(script.hashed).toHaveLength(3);
  });

  it('is published nowhere where its bytes are others, though size and time were put back', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const compare = script.hold('compare');
    const run = script.run();
    await compare.reached;
    script.fileIs = 'touched';
    script.version = 2;
    compare.release();
    expect(await run).toMatchObject({ kind: 'failed', failure: { code: 'file-changed' } });
    expect(script.lines.slice(-2)).toEqual(['compare', 'abort u1']);
  });
});

describe('an upload in doubt, because an answer was lost,', () => {
  it.each([
    ['good where the key was taken by this very upload, whose first answer was lost', true, 'done'],
    ['bad where the key was taken by another object', false, 'failed'],
  ])('is %s', async (_which, ours, kind) => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.object = { size: THREE_PARTS, ours };
    script.refuse(COMPLETE, lost(), refusal('key-taken'));
    expect((await script.run()).kind).toBe(kind);
  });

  it.each([
    ['good where a single PUT was applied and its answer lost', true, 'done'],
    ['bad where a single PUT meets another object', false, 'failed'],
  ])('is %s', async (_which, ours, kind) => {
    const script = new ScriptedUpload(1000);
    script.object = { size: 1000, ours };
    script.refuse('put', lost(), refusal('key-taken'));
    expect((await script.run()).kind).toBe(kind);
  });

  it.each([
    ['Complete', THREE_PARTS, COMPLETE],
    ['a single PUT', 1000, 'put'],
  ])('by %s and then cancelled may have left its object', async (_what, size, line) => {
    const script = new ScriptedUpload(size);
    script.refuse(line, lost());
    const wait = script.hold('wait');
    const run = script.run();
    await wait.reached;
    script.upload.cancel();
    await run;
    expect(script.upload.mayExist).toBe(true);
  });
});

describe('an object that the server has made', () => {
  it.each([
    ['in parts', THREE_PARTS],
    ['by a single PUT', 1000],
  ])('%s may be there, whoever has ended the share meanwhile', async (_how, size) => {
    const script = new ScriptedUpload(size);
    await script.run();
    expect(script.upload.mayExist).toBe(true);
  });

  it('by a single PUT that was answered though it was cancelled may be there', async () => {
    const script = new ScriptedUpload(1000);
    const put = script.hold('put');
    const run = script.run();
    await put.reached;
    script.upload.cancel();
    put.land();
    expect((await run).kind).toBe('cancelled');
    expect(script.upload.mayExist).toBe(true);
  });

  it('is none where an upload is cancelled before its end', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const put = script.hold('put part 2');
    const run = script.run();
    await put.reached;
    script.upload.cancel();
    put.release();
    await run;
    await quiet();
    expect(script.upload.mayExist).toBe(false);
  });
});
