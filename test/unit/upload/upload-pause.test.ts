import { describe, expect, it } from 'vitest';
import { busy, denied, PART, quiet, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;

/** Three parts; the first has arrived, and the second was on its way when the upload was paused. */
async function pausedAtSecondPart() {
  const script = new ScriptedUpload(THREE_PARTS);
  const second = script.hold('put part 2');
  const run = script.run();
  await second.reached;
  script.upload.pause();
  return { script, second, run };
}

describe('a pause', () => {
  it('sends nothing until it is resumed, and then only what is missing', async () => {
    const { script, second, run } = await pausedAtSecondPart();
    second.release();
    await quiet();
    expect(script.upload.progress.state).toMatchObject({ kind: 'paused', partsDone: 1 });
    expect([script.lines.at(-1), script.ended]).toEqual(['stopped part 2', false]);
    const before = script.lines.length;
    script.upload.resume();
    expect((await run).kind).toBe('done');
    expect(script.lines.slice(before)).toEqual([
      ...['sign part 2', 'put part 2', 'sign part 3', 'put part 3'],
      ...['compare', 'complete u1: 1 2 3', 'confirm'],
    ]);
  });

  it('aborts nothing: only a cancel does', async () => {
    const { script, second, run } = await pausedAtSecondPart();
    second.release();
    await quiet();
    expect(script.lines).not.toContain('abort u1');
    script.upload.cancel();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(script.lines.at(-1)).toBe('abort u1');
  });

  it('does not send a part again that arrived while it began', async () => {
    const { script, second, run } = await pausedAtSecondPart();
    second.land();
    await quiet();
    expect(script.upload.progress.state).toMatchObject({ kind: 'paused', partsDone: 2 });
    script.upload.resume();
    expect((await run).kind).toBe('done');
    expect([script.count('put part 1'), script.count('put part 2'), script.count('put part 3')]).toEqual([
      1, 1, 1,
    ]);
  });

  it('after whose beginning the last part arrives goes straight to the end when it is resumed', async () => {
    const script = new ScriptedUpload(PART + 1);
    const last = script.hold('put part 2');
    const run = script.run();
    await last.reached;
    script.upload.pause();
    last.land();
    await quiet();
    expect(script.lines.at(-1)).toBe('put part 2');
    script.upload.resume();
    expect((await run).kind).toBe('done');
    expect(script.lines.slice(-3)).toEqual(['compare', 'complete u1: 1 2', 'confirm']);
  });

  it('that is resumed at once sends again only when everything has stopped', async () => {
    const { script, second, run } = await pausedAtSecondPart();
    script.upload.resume();
    await quiet();
    expect(script.lines.at(-1)).toBe('put part 2');
    second.release();
    expect((await run).kind).toBe('done');
    expect(script.lines.slice(5, 8)).toEqual(['stopped part 2', 'sign part 2', 'put part 2']);
  });

  it('that is resumed and begins again at once sends nothing', async () => {
    const { script, second } = await pausedAtSecondPart();
    script.upload.resume();
    script.upload.pause();
    second.release();
    await quiet();
    expect(script.upload.progress.state.kind).toBe('paused');
    expect(script.lines.at(-1)).toBe('stopped part 2');
  });

  it('ends the waiting for another attempt', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', busy());
    const wait = script.hold('wait');
    const run = script.run();
    await wait.reached;
    script.upload.pause();
    await quiet();
    expect(script.lines.at(-1)).toBe('put part 1');
    script.upload.resume();
    expect((await run).kind).toBe('done');
    expect(script.count('put part 1')).toBe(2);
  });

  it('is not ended by a part that was refused meanwhile; it is sent again', async () => {
    const { script, second, run } = await pausedAtSecondPart();
    second.refuse(denied());
    await quiet();
    expect(script.upload.progress.state.kind).toBe('paused');
    script.upload.resume();
    expect((await run).kind).toBe('done');
    expect(script.count('put part 2')).toBe(2);
  });

  it('of a single PUT sends it whole when it is resumed', async () => {
    const script = new ScriptedUpload(1000);
    const put = script.hold('put');
    const run = script.run();
    await put.reached;
    script.upload.pause();
    put.release();
    await quiet();
    script.upload.resume();
    expect((await run).kind).toBe('done');
    expect(script.lines).toEqual([
      ...['compare', 'sign put', 'put', 'stopped'],
      ...['compare', 'sign put', 'put'],
    ]);
  });

  it('asked for while the upload is being begun holds before a part is sent', async () => {
    const script = new ScriptedUpload(PART + 1);
    const create = script.hold('create');
    const run = script.run();
    await create.reached;
    script.upload.pause();
    create.release();
    await quiet();
    expect(script.lines).toEqual(['create']);
    script.upload.resume();
    expect((await run).kind).toBe('done');
  });

  it('taken back and asked for again while parts drain never sends two at once, and cancel waits for the last', async () => {
    const { script, second, run } = await pausedAtSecondPart();
    script.upload.resume();
    script.upload.pause();
    script.upload.resume();
    second.release();
    expect((await run).kind).toBe('done');
    expect(script.mostAtOnce).toBe(1);
  });

  it('asked for while the upload is being completed comes too late', async () => {
    const script = new ScriptedUpload(PART + 1);
    const complete = script.hold('complete u1: 1 2');
    const run = script.run();
    await complete.reached;
    script.upload.pause();
    complete.release();
    expect((await run).kind).toBe('done');
  });
});

describe('the progress of an upload', () => {
  const falls = (shown: readonly number[]) => shown.filter((bytes, index) => bytes < (shown[index - 1] ?? 0));

  it('rises in small steps to the file’s size', async () => {
    const script = new ScriptedUpload(THREE_PARTS, 2);
    await script.run();
    expect(falls(script.shown)).toEqual([]);
    expect(Math.max(...script.shown)).toBe(THREE_PARTS);
    expect(script.shown.at(-1)).toBe(THREE_PARTS);
    expect(new Set(script.shown).size).toBeGreaterThan(60);
  });

  it('neither falls nor passes the size while parts are sent again', async () => {
    const script = new ScriptedUpload(THREE_PARTS, 3);
    script.refuse('put part 1', busy(), busy());
    script.refuse('put part 2', busy());
    script.refuse('put part 3', busy(), busy(), busy());
    expect((await script.run()).kind).toBe('done');
    expect(falls(script.shown)).toEqual([]);
    expect(Math.max(...script.shown)).toBe(THREE_PARTS);
  });

  it('counts each byte once, though it was sent several times', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', busy(), busy());
    const second = script.hold('put part 2');
    const run = script.run();
    await second.reached;
    expect(script.upload.progress.sentBytes).toBe(2 * PART);
    second.release();
    await run;
  });

  it('does not fall in a pause', async () => {
    const { script, second, run } = await pausedAtSecondPart();
    const { sentBytes } = script.upload.progress;
    expect(sentBytes).toBe(2 * PART);
    second.release();
    await quiet();
    expect(script.upload.progress.sentBytes).toBe(sentBytes);
    script.upload.resume();
    await run;
    expect(falls(script.shown)).toEqual([]);
  });

  it('is not told to a watcher that has left', async () => {
    const script = new ScriptedUpload(1000);
    const kinds: string[] = [];
    const leave = script.upload.watch(({ state }) => {
      kinds.push(state.kind);
      if (state.kind === 'uploading') leave();
    });
    await script.run();
    expect(kinds).toEqual(['preparing', 'uploading']);
  });

  it('tells the state and both sizes', async () => {
    const script = new ScriptedUpload(1000);
    expect(script.upload.progress).toEqual({
      state: { kind: 'queued', paused: false, uploadId: null },
      sentBytes: 0,
      totalBytes: 1000,
    });
    await script.run();
    expect(script.upload.progress).toEqual({
      state: { kind: 'done', size: 1000 },
      sentBytes: 1000,
      totalBytes: 1000,
    });
  });
});
