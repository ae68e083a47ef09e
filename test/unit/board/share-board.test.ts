import { describe, expect, it, vi } from 'vitest';
import { recordOf } from './records.ts';
import { DESTINATION, ended, LIFE, ONE, OPTIONS, ScriptedBoard, sending, TWO } from './scripted-board.ts';
import { failure, SIZE, urlOf } from './scripted-share.ts';

describe('starting shares', () => {
  it('signs all, puts all links on the clipboard, one a line, tells of them, and only then sends', async () => {
    const scripted = new ScriptedBoard();
    await scripted.start('/home/ada/a.txt', '/home/ada/b.txt');
    expect(scripted.lines).toEqual([
      ...['sign a.txt', 'sign b.txt'],
      `clipboard ${urlOf(ONE)} ${urlOf(TWO)}`,
      ...['listed', `upload ${ONE}`, `upload ${TWO}`],
    ]);
  });

  it('answers with a row for each file, in their order', async () => {
    const results = await new ScriptedBoard().start('/home/ada/a.txt', '/home/ada/b.txt');
    expect(results).toMatchObject([
      { kind: 'started', row: { id: ONE, name: 'a.txt', standing: { kind: 'uploading', sentBytes: 0 } } },
      { kind: 'started', row: { id: TWO, name: 'b.txt' } },
    ]);
  });

  it('hands on the destination, the life, the template and the prefix', async () => {
    const scripted = new ScriptedBoard();
    await scripted.start('/home/ada/a.txt');
    expect(scripted.asked).toEqual([{ path: '/home/ada/a.txt', destination: DESTINATION, options: OPTIONS }]);
  });

  it.each(['/home/ada/bad.txt', 'C:\\Users\\ada\\bad.txt'])(
    'names a refused file (%s) and sends the others',
    async (path) => {
      const scripted = new ScriptedBoard();
      scripted.refusals = { 'bad.txt': failure('file-unreadable'), [path]: failure('file-unreadable') };
      const results = await scripted.start(path, '/home/ada/b.txt');
      expect(results).toMatchObject([
        { kind: 'refused', name: 'bad.txt', failure: { code: 'file-unreadable' } },
        { kind: 'started', row: { name: 'b.txt' } },
      ]);
      expect(scripted.lines).toContain(`clipboard ${urlOf(ONE)}`);
      expect(scripted.lines.at(-1)).toBe(`upload ${ONE}`);
    },
  );

  it('leaves the clipboard as it is where every file is refused', async () => {
    const scripted = new ScriptedBoard();
    scripted.refusals = { 'bad.txt': failure('file-unreadable') };
    await scripted.start('/home/ada/bad.txt');
    expect(scripted.lines.filter((line) => line.startsWith('clipboard'))).toEqual([]);
  });
});

describe('the end of an upload', () => {
  it('is told with a link that works', async () => {
    const scripted = await sending('a.txt');
    scripted.share(ONE).arrives();
    await ended(scripted);
    expect(scripted.ended).toMatchObject([{ id: ONE, standing: { kind: 'live', probe: { kind: 'works' } } }]);
    expect(scripted.board.underWay()).toEqual([]);
  });

  it('is told with the reason where it is a bad one, once', async () => {
    const scripted = await sending('a.txt', 'b.txt');
    scripted.share(ONE).endsBadly('access-denied');
    await ended(scripted);
    expect(scripted.ended).toMatchObject([
      { id: ONE, standing: { kind: 'failed', failure: { code: 'access-denied' } } },
    ]);
    expect(scripted.board.underWay()).toHaveLength(1);
  });
});

describe('copying', () => {
  it('derives the link again and puts it on the clipboard', async () => {
    const scripted = new ScriptedBoard(recordOf('f000000001', { status: 'live' }));
    await scripted.board.copy('f000000001');
    expect(scripted.lines).toEqual(['link f000000001', `clipboard ${urlOf('f000000001')}`]);
  });

  it('leaves the clipboard as it is where the link cannot be had', async () => {
    const scripted = new ScriptedBoard(recordOf('f000000001', { status: 'live' }));
    scripted.linksRefuse = failure('signer-gone');
    await expect(scripted.board.copy('f000000001')).rejects.toMatchObject({ code: 'signer-gone' });
    expect(scripted.lines).toEqual(['link f000000001']);
  });
});

describe('an upload under way', () => {
  it('is paused, resumed and cancelled where it is, and history is left to it', async () => {
    const scripted = await sending('a.txt', 'b.txt');
    scripted.board.pause(ONE);
    await scripted.board.resume(ONE);
    await scripted.board.cancel(ONE);
    expect(scripted.lines).toEqual([`pause ${ONE}`, `resume ${ONE}`, `cancel ${ONE}`]);
  });

  it('is paused with all the others', async () => {
    const scripted = await sending('a.txt', 'b.txt');
    scripted.board.pauseAll();
    expect(scripted.lines).toEqual([`pause ${ONE}`, `pause ${TWO}`]);
  });

  it('is stopped before its object is deleted, and history alone speaks of it then', async () => {
    const scripted = await sending('a.txt');
    await scripted.board.revoke(ONE);
    expect(scripted.lines).toEqual([`cancel ${ONE}`, `revoke ${ONE}`]);
    scripted.share(ONE).endsBadly('cancelled');
    await ended(scripted);
    expect(scripted.board.row(ONE).standing).toEqual({ kind: 'revoked' });
    expect(scripted.pushed.at(-1)).toMatchObject({ id: ONE, standing: { kind: 'revoked' } });
    expect(scripted.board.underWay()).toEqual([]);
  });
});

describe('a share that only history knows', () => {
  const IDLE = 'f000000001';
  const idle = () => new ScriptedBoard(recordOf(IDLE, { status: 'interrupted' }));

  it('has nothing to pause', () => {
    const scripted = idle();
    scripted.board.pause(IDLE);
    expect(scripted.lines).toEqual([]);
  });

  it('is sent once more where it is resumed', async () => {
    const scripted = idle();
    await scripted.board.resume(IDLE);
    expect(scripted.lines).toEqual([`take up ${IDLE}`, `upload ${IDLE}`]);
    await scripted.board.resume(IDLE);
    expect(scripted.lines.at(-1)).toBe(`resume ${IDLE}`);
  });

  it('is cancelled and revoked in the bucket, and its row is pushed', async () => {
    const scripted = idle();
    await scripted.board.cancel(IDLE);
    await scripted.board.revoke(IDLE);
    scripted.timer.pass(100);
    expect(scripted.lines).toEqual([`end ${IDLE}`, `revoke ${IDLE}`]);
    expect(scripted.pushed.map(({ standing }) => standing.kind)).toEqual(['cancelled', 'revoked']);
  });

  it('stays as it is where that is refused', async () => {
    const scripted = idle();
    scripted.linksRefuse = failure('unreachable');
    await expect(scripted.board.cancel(IDLE)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(scripted.board.revoke(IDLE)).rejects.toMatchObject({ code: 'unreachable' });
    expect([scripted.pushed, scripted.board.row(IDLE).standing.kind]).toEqual([[], 'interrupted']);
  });

  it('is sent once more under the keys that signed it, and is under way by that', async () => {
    const scripted = idle();
    const row = await scripted.board.resume(IDLE);
    expect(row).toMatchObject({ id: IDLE, standing: { kind: 'uploading' } });
    expect(scripted.asked).toEqual([{ kind: 'account', name: 'mine' }]);
    expect(scripted.lines).toEqual([`take up ${IDLE}`, `upload ${IDLE}`]);
    scripted.board.pause(IDLE);
    expect(scripted.lines.at(-1)).toBe(`pause ${IDLE}`);
  });

  it('is not under way where sending it once more is refused', async () => {
    const scripted = idle();
    scripted.linksRefuse = failure('share-not-live');
    await expect(scripted.board.resume(IDLE)).rejects.toMatchObject({ code: 'share-not-live' });
    expect([scripted.board.underWay(), scripted.lines]).toEqual([[], [`take up ${IDLE}`]]);
  });

  it('is extended with a new link on the clipboard, and its row is pushed', async () => {
    const scripted = new ScriptedBoard(recordOf(IDLE, { status: 'live' }));
    expect(await scripted.board.extend(IDLE, LIFE)).toMatchObject({ id: IDLE });
    expect(scripted.lines).toEqual([`extend ${IDLE}`, `clipboard ${urlOf(IDLE)}-longer`]);
    expect([scripted.asked, scripted.pushed.length]).toEqual([[LIFE], 1]);
  });
});

describe('the end of the process', () => {
  it('interrupts what is under way and waits until nothing of it runs any more', async () => {
    const scripted = await sending('a.txt', 'b.txt', 'c.txt');
    const gate = Promise.withResolvers<number | null>();
    scripted.probe = () => gate.promise;
    scripted.share('0000000002').endsBadly('refused');
    await ended(scripted);
    scripted.share(TWO).arrives();
    const settled = vi.fn<() => void>();
    const interrupted = scripted.board.interruptAll().then(settled);
    expect(scripted.lines).toContain(`interrupt ${ONE}`);
    scripted.share(ONE).endsBadly('interrupted');
    await ended(scripted, 2);
    expect(settled).not.toHaveBeenCalled();
    gate.resolve(SIZE);
    await interrupted;
    expect(scripted.board.row(TWO).standing).toMatchObject({ kind: 'live' });
  });

  it('comes at once where nothing is under way', async () => {
    await expect(new ScriptedBoard().board.interruptAll()).resolves.toBeUndefined();
  });
});
