import { describe, expect, it } from 'vitest';
import { MAX_RESTARTS } from '../../../src/shared/transfer-state.ts';
import { busy, denied, gone, PART, quiet, refusal, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;
const CANCELLED = { kind: 'cancelled' };

/** The upload of an earlier process, which the server calls u0. */
const earlier = (size = THREE_PARTS) => new ScriptedUpload(size, { uploadId: 'u0' });

describe('an upload that the server has lost', () => {
  it('starts over with another upload, sends every part again, and says so', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 2', gone());
    const second = script.hold('sign part 1');
    const again = script.hold('sign part 1');
    const run = script.run();
    second.release();
    await again.reached;
    expect(script.upload.progress).toMatchObject({
      state: { kind: 'uploading', restarts: 1, partsDone: 0 },
      sentBytes: 0,
    });
    again.release();
    expect((await run).kind).toBe('done');
    expect(script.lines.slice(script.lines.lastIndexOf('create'))).toEqual([
      'create',
      ...['sign part 1', 'put part 1', 'sign part 2', 'put part 2', 'sign part 3', 'put part 3'],
      ...['compare', 'complete u2: 1 2 3', 'confirm'],
    ]);
  });

  it('waits for the parts that are under way before it starts over', async () => {
    const script = new ScriptedUpload(THREE_PARTS, 2);
    const [first, second] = [script.hold('put part 1'), script.hold('put part 2')];
    const run = script.run();
    await Promise.all([first.reached, second.reached]);
    second.refuse(gone());
    await quiet();
    expect(script.count('create')).toBe(1);
    first.release();
    expect((await run).kind).toBe('done');
    expect(script.lines.indexOf('stopped part 1')).toBeLessThan(script.lines.lastIndexOf('create'));
  });

  it('does not count a part that lands from the lost one', async () => {
    const script = new ScriptedUpload(THREE_PARTS, 2);
    const [first, second] = [script.hold('put part 1'), script.hold('put part 2')];
    const run = script.run();
    await Promise.all([first.reached, second.reached]);
    second.refuse(gone());
    await quiet();
    first.land();
    expect((await run).kind).toBe('done');
    expect([script.count('put part 1'), script.completedWith.length]).toEqual([2, 3]);
  });

  it('fails once it has started over three times', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', ...Array.from({ length: MAX_RESTARTS + 1 }, gone));
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'upload-gone' } });
    expect(script.count('create')).toBe(MAX_RESTARTS + 1);
  });

  it('is paused, not begun, where a person paused while it started over', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', gone());
    const first = script.hold('create');
    const again = script.hold('create');
    const run = script.run();
    first.release();
    await again.reached;
    script.upload.pause();
    again.release();
    await quiet();
    expect(script.lines.at(-1)).toBe('create');
    script.upload.resume();
    expect((await run).kind).toBe('done');
  });
});

describe('an upload that nobody wants any more on the server’s side', () => {
  it('ends as cancelled where it was cancelled elsewhere', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', gone());
    const first = script.hold('create');
    script.refuse('create', refusal('cancelled'));
    const run = script.run();
    first.release();
    expect(await run).toEqual(CANCELLED);
  });
});

describe('the upload of an earlier process', () => {
  it('sends only what is missing, under the same upload id', async () => {
    const script = earlier();
    script.listed = [script.part(1, PART, 0), script.part(3, 1000, 2 * PART)];
    expect((await script.run()).kind).toBe('done');
    expect(script.lines).toEqual([
      ...['parts u0', 'sign part 2', 'put part 2'],
      ...['compare', 'complete u0: 1 2 3', 'confirm'],
    ]);
  });

  it('shows what has arrived before anything is sent', async () => {
    const script = earlier();
    script.listed = [script.part(1, PART, 0)];
    const sign = script.hold('sign part 2');
    const run = script.run();
    await sign.reached;
    expect(script.upload.progress).toMatchObject({ state: { partsDone: 1 }, sentBytes: PART });
    sign.release();
    await run;
  });

  it.each([
    [
      'of other bytes',
      (script: ScriptedUpload) => ({ ...script.part(1, PART, 0), etag: `"${'0'.repeat(32)}"` }),
    ],
    ['of another size', (script: ScriptedUpload) => ({ ...script.part(1, PART, 0), size: PART - 1 })],
    [
      'whose ETag tells nothing',
      (script: ScriptedUpload) => ({ ...script.part(1, PART, 0), etag: '"opaque-1"' }),
    ],
    [
      'of a number that it has not',
      (script: ScriptedUpload) => ({ ...script.part(1, PART, 0), partNumber: 4 }),
    ],
  ])('sends again a part %s', async (_what, listed) => {
    const script = earlier();
    script.listed = [listed(script)];
    expect((await script.run()).kind).toBe('done');
    expect(script.count('put part 1')).toBe(1);
    expect(script.completedWith.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3]);
  });

  it('hashes no part whose size is another', async () => {
    const script = earlier();
    script.listed = [{ ...script.part(1, PART, 0), size: PART - 1 }];
    const sign = script.hold('sign part 1');
    void script.run();
    await sign.reached;
    expect(script.hashed).toEqual([`0+${PART}`]);
  });

  it('goes straight to the end where nothing is missing', async () => {
    const script = earlier(PART + 1000);
    script.listed = [script.part(1, PART, 0), script.part(2, 1000, PART)];
    expect((await script.run()).kind).toBe('done');
    expect(script.lines).toEqual(['parts u0', 'compare', 'complete u0: 1 2', 'confirm']);
  });

  it('is done where that process had made the object and died before it knew', async () => {
    const script = earlier();
    script.refuse('parts u0', gone());
    expect(await script.run()).toEqual({ kind: 'done', size: THREE_PARTS });
    expect(script.lines).toEqual(['parts u0', 'confirm', 'confirm']);
  });

  it.each([
    ['is another’s', { size: THREE_PARTS, ours: false }],
    ['has another size', { size: 7, ours: true }],
  ])('starts over where the upload is gone and the object %s', async (_what, object) => {
    const script = earlier();
    script.refuse('parts u0', gone());
    script.object = object;
    const create = script.hold('create');
    const run = script.run();
    await create.reached;
    script.object = { size: THREE_PARTS, ours: true };
    create.release();
    expect((await run).kind).toBe('done');
    expect(script.lines).toContain('complete u1: 1 2 3');
  });

  it('asks again for its parts where the server is busy', async () => {
    const script = earlier();
    script.refuse('parts u0', busy(), busy());
    expect((await script.run()).kind).toBe('done');
    expect(script.count('parts u0')).toBe(3);
  });

  it('fails at once where it may not be looked at, and is dropped', async () => {
    const script = earlier();
    script.refuse('parts u0', denied());
    expect(await script.run()).toMatchObject({ kind: 'failed', failure: { code: 'access-denied' } });
    expect(script.lines).toEqual(['parts u0', 'abort u0']);
  });

  it('is dropped where it is cancelled while its parts are looked at', async () => {
    const script = earlier();
    script.listed = [script.part(1, PART, 0), script.part(2, PART, PART)];
    const hash = script.hold('md5');
    const run = script.run();
    await hash.reached;
    script.upload.cancel();
    hash.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines.at(-1)).toBe('abort u0');
    expect(script.hashed).toHaveLength(1);
  });

  it('is dropped where it is cancelled while it waits for its turn', async () => {
    const script = earlier();
    const turn = script.hold('turn');
    const run = script.run();
    await turn.reached;
    script.upload.cancel();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['abort u0']);
  });

  it('stays on the server where the process ends while it waits for its turn', async () => {
    const script = earlier();
    const turn = script.hold('turn');
    const run = script.run();
    await turn.reached;
    script.upload.interrupt();
    expect((await run).kind).toBe('interrupted');
    expect(script.lines).toEqual([]);
  });
});
