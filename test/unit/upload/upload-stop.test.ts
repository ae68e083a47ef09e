import { describe, expect, it } from 'vitest';
import { busy, denied, PART, quiet, refusal, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;
const COMPLETE = 'complete u1: 1 2 3';
const CANCELLED = { kind: 'cancelled' };

/** Three parts, the first of which is on its way. */
async function withFirstPartUnderWay() {
  const script = new ScriptedUpload(THREE_PARTS);
  const first = script.hold('put part 1');
  const run = script.run();
  await first.reached;
  return { script, first, run };
}

describe('an upload that is cancelled', () => {
  it('before it began sends nothing at all', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.upload.cancel();
    expect(await script.run()).toEqual(CANCELLED);
    expect(script.lines).toEqual([]);
  });

  it('while it is being created is aborted before it ends, once its id is known', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const create = script.hold('create');
    const abort = script.hold('abort u1');
    const run = script.run();
    await create.reached;
    script.upload.cancel();
    await quiet();
    expect([script.lines, script.ended]).toEqual([['create'], false]);
    create.release();
    await abort.reached;
    await quiet();
    expect(script.ended).toBe(false);
    abort.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['create', 'abort u1']);
  });

  it('while its creation fails is not created again', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const create = script.hold('create');
    const run = script.run();
    await create.reached;
    script.upload.cancel();
    create.refuse(busy());
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['create']);
  });

  it('in the middle stops every part before it is aborted, and starts no other', async () => {
    const script = new ScriptedUpload(THREE_PARTS, 2);
    const [first, second] = [script.hold('put part 1'), script.hold('put part 2')];
    const run = script.run();
    await Promise.all([first.reached, second.reached]);
    script.upload.cancel();
    first.release();
    await quiet();
    expect(script.lines.slice(-1)).toEqual(['stopped part 1']);
    second.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines.slice(-3)).toEqual(['stopped part 1', 'stopped part 2', 'abort u1']);
    expect(script.lines).not.toContain('sign part 3');
  });

  it('is aborted after a part that arrived all the same', async () => {
    const { script, first, run } = await withFirstPartUnderWay();
    script.upload.cancel();
    first.land();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['create', 'sign part 1', 'put part 1', 'abort u1']);
  });

  it('while a part is being hashed never signs it', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const hash = script.hold('md5');
    const run = script.run();
    await hash.reached;
    script.upload.cancel();
    hash.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['create', 'abort u1']);
  });

  it('while a part is being signed never sends it', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const sign = script.hold('sign part 1');
    const run = script.run();
    await sign.reached;
    script.upload.cancel();
    sign.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['create', 'sign part 1', 'abort u1']);
  });

  it('while it waits to try again waits no longer', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', busy());
    const wait = script.hold('wait');
    const run = script.run();
    await wait.reached;
    script.upload.cancel();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['create', 'sign part 1', 'put part 1', 'abort u1']);
  });

  it('while it is being completed is aborted after the answer, and leaves nothing over', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const complete = script.hold(COMPLETE);
    script.refuse('abort u1', refusal('upload-gone'));
    const run = script.run();
    await complete.reached;
    script.upload.cancel();
    await quiet();
    expect([script.lines.at(-1), script.ended]).toEqual([COMPLETE, false]);
    complete.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines.at(-1)).toBe('abort u1');
    expect(script.upload.leftover).toBe(false);
  });

  it('while Complete finds no answer is not completed again', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const complete = script.hold(COMPLETE);
    const run = script.run();
    await complete.reached;
    script.upload.cancel();
    complete.refuse(busy());
    expect(await run).toEqual(CANCELLED);
    expect([script.count(COMPLETE), script.lines.at(-1)]).toEqual([1, 'abort u1']);
  });

  it('twice is aborted once', async () => {
    const { script, first, run } = await withFirstPartUnderWay();
    script.upload.cancel();
    script.upload.cancel();
    first.release();
    await run;
    script.upload.cancel();
    await quiet();
    expect(script.count('abort u1')).toBe(1);
  });

  it('after its end changes nothing', async () => {
    const script = new ScriptedUpload(1000);
    await script.run();
    script.upload.cancel();
    await quiet();
    expect(script.upload.progress.state.kind).toBe('done');
    expect(script.lines.at(-1)).toBe('put');
  });

  it('as a single PUT stops it and has nothing to abort', async () => {
    const script = new ScriptedUpload(1000);
    const put = script.hold('put');
    const run = script.run();
    await put.reached;
    script.upload.cancel();
    await quiet();
    expect(script.ended).toBe(false);
    put.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.lines).toEqual(['compare', 'sign put', 'put', 'stopped']);
  });
});

describe('a part that is refused for good', () => {
  it('stops the others, waits until they have stopped, and only then aborts', async () => {
    const script = new ScriptedUpload(4 * PART, 3);
    const parts = [1, 2, 3].map((part) => script.hold(`put part ${part}`));
    const run = script.run();
    await Promise.all(parts.map(({ reached }) => reached));
    const [first, second, third] = parts;
    second?.refuse(denied());
    await quiet();
    expect(script.lines).not.toContain('abort u1');
    first?.release();
    await quiet();
    expect(script.lines).not.toContain('abort u1');
    third?.release();
    expect(await run).toMatchObject({ kind: 'failed', failure: { code: 'access-denied', requestId: 'TX1' } });
    expect(script.lines.slice(-3)).toEqual(['stopped part 1', 'stopped part 3', 'abort u1']);
    expect(script.lines).not.toContain('sign part 4');
  });

  it('is told by the first failure, whatever fails after it', async () => {
    const script = new ScriptedUpload(2 * PART, 2);
    const [first, second] = [script.hold('put part 1'), script.hold('put part 2')];
    const run = script.run();
    await Promise.all([first.reached, second.reached]);
    second.refuse(refusal('no-such-bucket'));
    await quiet();
    first.refuse(denied());
    expect(await run).toMatchObject({ failure: { code: 'no-such-bucket' } });
    expect(script.count('abort u1')).toBe(1);
  });

  it('with an error that nobody expected fails as internal', async () => {
    const script = new ScriptedUpload(2 * PART);
    script.refuse('put part 1', new RangeError('the secret is hunter2'));
    const end = await script.run();
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'internal' } });
    expect(JSON.stringify(end)).not.toContain('hunter2');
  });
});

describe('an abort', () => {
  it('that is refused leaves the upload id to be remembered', async () => {
    const { script, first, run } = await withFirstPartUnderWay();
    script.refuse('abort u1', denied());
    script.upload.cancel();
    first.release();
    expect(await run).toEqual(CANCELLED);
    expect(script.upload.leftover).toBe(true);
  });

  it('is tried again, though everything else was stopped', async () => {
    const { script, first, run } = await withFirstPartUnderWay();
    script.refuse('abort u1', busy(), busy());
    script.upload.cancel();
    first.release();
    await run;
    expect(script.count('abort u1')).toBe(3);
    expect(script.upload.leftover).toBe(false);
  });
});

it('an upload cancelled in the moment it was started asks the server for nothing', async () => {
  const script = new ScriptedUpload(PART + 1);
  const run = script.run();
  script.upload.cancel();
  expect((await run).kind).toBe('cancelled');
  await quiet();
  expect(script.lines).toEqual([]);
});
