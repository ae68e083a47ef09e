import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/shared/errors.ts';
import { denied, PART, quiet, refusal, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;
const COMPLETE = 'complete u1: 1 2 3';
const AWAY = { code: 'unreachable', message: 'Away.' } as const;
/** Errors that no request is sent again for, though they pass. */
const locked = () => refusal('keychain-locked');
const missing = () => refusal('file-missing');

/** Three parts, one after the other, whose second waits for the keychain. */
async function waitingAtSecondPart() {
  const script = new ScriptedUpload(THREE_PARTS);
  script.refuse('sign part 2', locked());
  const recovery = script.hold('recovery');
  const run = script.run();
  await recovery.reached;
  return { script, recovery, run };
}

describe('an upload that cannot go on for now', () => {
  it('is paused with the reason, and goes on by itself with what is missing', async () => {
    const { script, recovery, run } = await waitingAtSecondPart();
    expect(script.upload.progress.state).toMatchObject({
      ...{ kind: 'paused', stage: 'uploading', partsDone: 1 },
      reason: { code: 'keychain-locked', message: 'Scripted: keychain-locked.' },
    });
    const before = script.lines.length;
    recovery.release();
    expect((await run).kind).toBe('done');
    expect(script.lines.slice(before)).toEqual([
      ...['sign part 2', 'put part 2', 'sign part 3', 'put part 3'],
      ...['compare', COMPLETE, 'confirm'],
    ]);
  });

  it.each<readonly [string, string, () => Error, ErrorCode]>([
    ['it is being begun', 'create', locked, 'keychain-locked'],
    ['a part is hashed', 'md5', missing, 'file-missing'],
    ['a part is read', 'read', () => refusal('file-unreadable'), 'file-unreadable'],
    ['it is being completed', COMPLETE, () => refusal('no-credentials'), 'no-credentials'],
    ['the file is compared', 'compare', missing, 'file-missing'],
    ['the object is looked at', 'confirm', locked, 'keychain-locked'],
  ])('waits just so where that shows while %s, and loses nothing', async (_when, line, error, code) => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse(line, error());
    expect((await script.run()).kind).toBe('done');
    expect([script.awaited, script.completedWith.length]).toEqual([[code], 3]);
    expect(script.lines).not.toContain('abort u1');
    expect([1, 2, 3].map((part) => script.count(`put part ${part}`))).toEqual([1, 1, 1]);
  });

  it('fails in the end where nothing comes back, and what has arrived is kept', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.comesBack = false;
    script.refuse('sign part 2', locked());
    expect(await script.run()).toMatchObject({
      kind: 'failed',
      failure: { code: 'keychain-locked' },
      kept: true,
    });
    expect(script.lines).not.toContain('abort u1');
  });

  it('goes on at once where a person resumes it, and nobody waits any more', async () => {
    const { script, recovery, run } = await waitingAtSecondPart();
    script.upload.resume();
    expect((await run).kind).toBe('done');
    recovery.release();
    await quiet();
    expect(script.count('put part 2')).toBe(1);
  });

  it('stays paused where a person pauses it meanwhile, whatever comes back', async () => {
    const { script, recovery, run } = await waitingAtSecondPart();
    script.upload.pause();
    recovery.release();
    await quiet();
    expect(script.upload.progress.state).toMatchObject({ kind: 'paused', reason: null });
    script.upload.resume();
    expect((await run).kind).toBe('done');
  });

  it('can be cancelled, and is dropped then', async () => {
    const { script, run } = await waitingAtSecondPart();
    script.upload.cancel();
    expect(await run).toEqual({ kind: 'cancelled' });
    expect(script.lines.at(-1)).toBe('abort u1');
  });

  it('is interrupted by the end of the process, and dropped nowhere', async () => {
    const { script, run } = await waitingAtSecondPart();
    script.upload.interrupt();
    expect(await run).toEqual({ kind: 'interrupted' });
    expect(script.lines).not.toContain('abort u1');
  });

  it('waits for the next trouble as well', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('sign part 1', locked(), missing(), refusal('no-credentials'));
    expect((await script.run()).kind).toBe('done');
    expect(script.awaited).toEqual(['keychain-locked', 'file-missing', 'no-credentials']);
  });

  it('waits once though several parts fail together', async () => {
    const script = new ScriptedUpload(THREE_PARTS, 3);
    const signs = [1, 2, 3].map((part) => script.hold(`sign part ${part}`));
    const run = script.run();
    await Promise.all(signs.map(({ reached }) => reached));
    for (const sign of signs) sign.refuse(locked());
    expect((await run).kind).toBe('done');
    expect(script.awaited).toEqual(['keychain-locked']);
  });

  it('never waits where nothing would come back by waiting', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('sign part 1', denied());
    expect(await script.run()).toMatchObject({ kind: 'failed', kept: false });
    expect(script.awaited).toEqual([]);
  });
});

describe('a line that is known to be gone', () => {
  it('stops what is under way at once, and burns no attempt', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const first = script.hold('put part 1');
    const recovery = script.hold('recovery');
    const run = script.run();
    await first.reached;
    script.upload.stall(AWAY);
    first.release();
    await recovery.reached;
    expect(script.lines.at(-1)).toBe('stopped part 1');
    expect([script.delays, script.awaited]).toEqual([[], ['unreachable']]);
    recovery.release();
    expect((await run).kind).toBe('done');
  });

  it('leaves nothing behind on the server where it goes just while the upload is being begun', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    const create = script.hold('create');
    const run = script.run();
    await create.reached;
    script.upload.stall(AWAY);
    create.release();
    expect((await run).kind).toBe('done');
    const begun = script.count('create');
    const dropped = script.lines.filter((line) => line.startsWith('abort')).length;
    expect(begun - dropped).toBe(1);
  });

  it('changes nothing for an upload that has ended, or waits already', async () => {
    const { script, recovery, run } = await waitingAtSecondPart();
    script.upload.stall(AWAY);
    expect(script.upload.progress.state).toMatchObject({ reason: { code: 'keychain-locked' } });
    recovery.release();
    await run;
    script.upload.stall(AWAY);
    expect(script.upload.progress.state.kind).toBe('done');
  });
});

describe('credentials that end while parts are sent', () => {
  const expired = () => refusal('credentials-expired');

  it('are fetched anew once for many parts at the same time, and each is signed again', async () => {
    const script = new ScriptedUpload(4 * PART, 4);
    const puts = [1, 2, 3, 4].map((part) => script.hold(`put part ${part}`));
    const run = script.run();
    await Promise.all(puts.map(({ reached }) => reached));
    for (const put of puts) put.refuse(expired());
    expect((await run).kind).toBe('done');
    expect([script.count('renew'), script.renewals, script.awaited]).toEqual([1, 1, []]);
    for (const part of [1, 2, 3, 4]) expect(script.count(`sign part ${part}`)).toBe(2);
  });

  it('are fetched anew again where the next ones end too', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', expired());
    script.refuse('put part 3', expired());
    expect((await script.run()).kind).toBe('done');
    expect(script.count('renew')).toBe(2);
  });

  it('pause the upload where the same come back', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.othersCome = false;
    script.refuse('put part 1', expired());
    expect((await script.run()).kind).toBe('done');
    expect([script.awaited, script.count('renew')]).toEqual([['credentials-expired'], 1]);
  });

  it('are not fetched anew for another refusal', async () => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.refuse('put part 1', refusal('credentials-refused'));
    expect((await script.run()).kind).toBe('failed');
    expect(script.count('renew')).toBe(0);
  });
});
