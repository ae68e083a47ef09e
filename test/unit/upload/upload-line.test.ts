import { describe, expect, it } from 'vitest';
import { SILENCE } from '../../../src/main/upload/retry-policy.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { busy, etagOf, lost, PART, quiet, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;

function lostBy(name: string): SandglassError {
  const cause = Object.assign(new Error('Scripted.'), { name });
  return new SandglassError('connection-lost', 'Lost.', { retryable: true, cause });
}

describe('an upload among others', () => {
  it('begins when its turn comes, and asks for nothing before', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const turn = script.hold('turn');
    const run = script.run();
    await turn.reached;
    await quiet();
    expect([script.upload.progress.state, script.lines]).toEqual([
      { kind: 'queued', paused: false, uploadId: null },
      [],
    ]);
    turn.release();
    expect((await run).kind).toBe('done');
    expect(script.line).toMatchObject({ turns: 1, turnsLeft: 1 });
  });

  it('that is paused while it waits does not begin with its turn, and leaves it to others', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const turn = script.hold('turn');
    const run = script.run();
    await turn.reached;
    script.upload.pause();
    turn.release();
    await quiet();
    expect([script.upload.progress.state.kind, script.lines, script.line.turnsLeft]).toEqual([
      'paused',
      [],
      1,
    ]);
    script.upload.resume();
    expect((await run).kind).toBe('done');
  });

  it('that is paused and resumed while it waits begins with its turn', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const turn = script.hold('turn');
    const run = script.run();
    await turn.reached;
    script.upload.pause();
    script.upload.resume();
    turn.release();
    expect((await run).kind).toBe('done');
    expect(script.kinds).not.toContain('paused');
  });

  it('that is cancelled while it waits ends at once, and takes no turn', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const turn = script.hold('turn');
    const run = script.run();
    await turn.reached;
    script.upload.cancel();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect([script.line.turns, script.lines]).toEqual([0, []]);
  });

  it('lets others go first while it is paused, and goes on without a turn', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const first = script.hold('put part 1');
    const run = script.run();
    await first.reached;
    expect(script.line.turnsLeft).toBe(0);
    script.upload.pause();
    expect(script.line.turnsLeft).toBe(1);
    first.release();
    await quiet();
    script.upload.resume();
    await run;
    expect(script.line).toMatchObject({ turns: 1, turnsLeft: 1 });
  });

  it('sends each part in a lane of its own, and gives every lane back', async () => {
    const script = new ScriptedUpload(6 * PART, 2);
    expect((await script.run()).kind).toBe('done');
    expect(script.mostAtOnce).toBe(2);
    expect(script.line.arrived).toEqual(Array.from({ length: 6 }, () => PART));
  });

  it('is completed as soon as its last part has arrived, though no lane is free then', async () => {
    const script = new ScriptedUpload(1000);
    script.hold('lane').release();
    const next = script.hold('lane');
    const run = script.run();
    await quiet();
    const { ended } = script;
    next.release();
    await run;
    expect(ended).toBe(true);
  });

  it('asks the throttle for every byte that goes out', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 3', lost());
    await script.run();
    expect(script.line.throttled).toBe(THREE_PARTS + 1000);
  });

  it('waits where the throttle does, and stops there where it is cancelled', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const throttle = script.hold('throttle');
    const run = script.run();
    await throttle.reached;
    await quiet();
    expect(script.upload.progress.sentBytes).toBe(0);
    script.upload.cancel();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(script.lines).toEqual(['create', 'sign part 1', 'abort u1']);
  });

  it('tells the line that it is crowded where it fell silent, and not where a connection was reset', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', lostBy(SILENCE), lostBy('SocketError'), lostBy(SILENCE));
    await script.run();
    expect(script.line.crowded).toBe(2);
  });

  it('tells the line that it is crowded where the server says so, and not where an answer was lost', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', busy(), lost(), busy());
    await script.run();
    expect(script.line.crowded).toBe(2);
  });
});

describe('an ETag', () => {
  const stranger = `"${'0'.repeat(32)}"`;

  it('that names other bytes than were sent has the part sent again', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    let answers = 0;
    script.answer = (md5) => ({ etag: ++answers === 2 ? stranger : etagOf(md5), encrypted: false });
    expect((await script.run()).kind).toBe('done');
    expect([1, 2, 3].map((part) => script.count(`put part ${part}`))).toEqual([1, 2, 1]);
    expect(script.completedWith.map(({ etag }) => etag)).not.toContain(stranger);
  });

  it('that is never an MD5 is believed from the second part on', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.answer = () => ({ etag: stranger, encrypted: false });
    expect((await script.run()).kind).toBe('done');
    expect([1, 2, 3].map((part) => script.count(`put part ${part}`))).toEqual([2, 1, 1]);
  });

  it('of what the server has encrypted is believed at once', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.answer = () => ({ etag: stranger, encrypted: true });
    expect((await script.run()).kind).toBe('done');
    expect(script.lines.filter((line) => line.startsWith('put'))).toHaveLength(3);
  });

  it('of a single PUT that names other bytes is not taken for the end: the object is looked at', async () => {
    const script = new ScriptedUpload(1000);
    script.answer = () => ({ etag: stranger, encrypted: true });
    expect((await script.run()).kind).toBe('done');
    expect(script.lines).toEqual(['compare', 'sign put', 'put', 'confirm']);
  });
});
