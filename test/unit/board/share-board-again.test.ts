import { describe, expect, it, vi } from 'vitest';
import { NOON, HOUR, failure, linkTo, ScriptedShare, urlOf } from './scripted-share.ts';
import { recordOf } from './records.ts';
import { ended, ONE, OWN, ScriptedBoard, sending, TWO } from './scripted-board.ts';

const IDLE = 'f000000001';
const DEAD = 'app-00000000000000dd';

describe('a file that is being sent already', () => {
  /** A board to which the same file is dropped again. */
  async function droppedTwice() {
    const scripted = await sending('a.txt');
    scripted.running.set('a.txt', scripted.share(ONE));
    return scripted;
  }

  it('is said to be running, and its link is on the clipboard again, but nothing is sent twice', async () => {
    const scripted = await droppedTwice();
    expect(await scripted.start('a.txt')).toMatchObject([{ kind: 'running', row: { id: ONE } }]);
    expect(scripted.lines).toEqual(['sign a.txt', `clipboard ${urlOf(ONE)}`, 'listed']);
  });

  it('is beside others that are sent, each link once on the clipboard', async () => {
    const scripted = await droppedTwice();
    expect(await scripted.start('a.txt', 'b.txt', 'a.txt')).toMatchObject([
      { kind: 'running' },
      { kind: 'started', row: { id: TWO } },
      { kind: 'running' },
    ]);
    expect(scripted.lines).toContain(`clipboard ${urlOf(ONE)} ${urlOf(TWO)}`);
    expect(scripted.lines.filter((line) => line.startsWith('upload'))).toEqual([`upload ${TWO}`]);
  });

  it('is said to be started the first time, and running the second, where it is named twice at once', async () => {
    const scripted = new ScriptedBoard();
    const share = new ScriptedShare(linkTo(IDLE), scripted.lines);
    scripted.records = [recordOf(IDLE)];
    scripted.running.set('a.txt', share);
    expect((await scripted.start('a.txt', 'a.txt')).map(({ kind }) => kind)).toEqual(['started', 'running']);
    expect(scripted.lines.filter((line) => line.startsWith('upload'))).toHaveLength(1);
  });
});

describe('a share that is resumed twice', () => {
  it('in the same moment is taken up and sent once, and both hear of it', async () => {
    const scripted = new ScriptedBoard(recordOf(IDLE, { status: 'interrupted' }));
    const gate = Promise.withResolvers<undefined>();
    scripted.takingUp = gate.promise;
    const both = Promise.all([scripted.board.resume(IDLE), scripted.board.resume(IDLE)]);
    gate.resolve(undefined);
    expect((await both).map(({ id }) => id)).toEqual([IDLE, IDLE]);
    expect(scripted.lines).toEqual([`take up ${IDLE}`, `upload ${IDLE}`]);
  });

  it('may be tried again where the first try was refused', async () => {
    const scripted = new ScriptedBoard(recordOf(IDLE, { status: 'interrupted' }));
    scripted.linksRefuse = failure('file-missing');
    await expect(scripted.board.resume(IDLE)).rejects.toMatchObject({ code: 'file-missing' });
    scripted.linksRefuse = null;
    await scripted.board.resume(IDLE);
    expect(scripted.lines).toEqual([`take up ${IDLE}`, `take up ${IDLE}`, `upload ${IDLE}`]);
  });
});

describe('the next start of the app', () => {
  const board = (...records: ReturnType<typeof recordOf>[]) => new ScriptedBoard(...records);

  it('goes on with what an earlier process of the app has left, however that ended', async () => {
    const scripted = board(
      recordOf('f000000001', { status: 'uploading', holder: DEAD }),
      recordOf('f000000002', { status: 'interrupted', holder: DEAD }),
    );
    await scripted.board.takeUpAll();
    expect(scripted.lines).toEqual([
      ...['take up f000000001', 'upload f000000001', 'take up f000000002', 'upload f000000002'],
    ]);
  });

  it.each([
    ['the command', { status: 'interrupted', holder: 'command-00000000000000bb' }],
    ['a command that was killed', { status: 'uploading', holder: 'command-00000000000000bb' }],
    ['nobody who is known', { status: 'interrupted', holder: null }],
    ['itself', { status: 'uploading', holder: OWN }],
    ['an app that runs still', { status: 'uploading', holder: 'app-00000000000000ee' }],
  ] as const)('leaves alone what belongs to %s', async (_whom, change) => {
    const scripted = board(recordOf(IDLE, change));
    scripted.alive.add('app-00000000000000ee');
    await scripted.board.takeUpAll();
    expect(scripted.lines).toEqual([]);
  });

  it.each(['uploading', 'interrupted'] as const)(
    'leaves paused what a person had paused, whether it was left as %s, until it is resumed',
    async (status) => {
      const scripted = board(recordOf(IDLE, { status, holder: DEAD, size: 100, pausedBytes: 40 }));
      await scripted.board.takeUpAll();
      expect(scripted.lines).toEqual([]);
      expect(scripted.board.row(IDLE).standing).toEqual({
        ...{ kind: 'paused', sentBytes: 40, totalBytes: 100, reason: null },
      });
      await scripted.board.resume(IDLE);
      expect(scripted.lines).toEqual([`take up ${IDLE}`, `upload ${IDLE}`]);
    },
  );

  it('goes on with it where everything is resumed, and with nothing else', async () => {
    const scripted = board(
      recordOf('f000000001', { status: 'interrupted', holder: DEAD, pausedBytes: 0 }),
      recordOf('f000000002', { status: 'interrupted', holder: DEAD }),
      recordOf('f000000003', { status: 'interrupted', holder: 'command-00000000000000bb', pausedBytes: 0 }),
    );
    scripted.board.resumeAll();
    await vi.waitFor(() => {
      expect(scripted.lines).toEqual(['take up f000000001', 'upload f000000001']);
    });
  });

  it('drops what was paused too, its link having ended', async () => {
    const scripted = board(recordOf(IDLE, { status: 'interrupted', holder: DEAD, pausedBytes: 1 }));
    scripted.time.now = NOON + HOUR;
    await scripted.board.takeUpAll();
    expect(scripted.lines).toEqual([`end ${IDLE}`]);
  });

  it('drops what would come too late, its link having ended', async () => {
    const scripted = board(recordOf(IDLE, { status: 'interrupted', holder: DEAD }));
    scripted.time.now = NOON + HOUR;
    await scripted.board.takeUpAll();
    expect(scripted.lines).toEqual([`end ${IDLE}`]);
  });

  it('drops what could not be dropped before, whoever has left it', async () => {
    const scripted = board();
    scripted.leftovers = [
      recordOf('f000000001', { status: 'failed', uploadId: 'u1', holder: DEAD }),
      recordOf('f000000002', { status: 'cancelled', uploadId: 'u2', holder: 'command-00000000000000bb' }),
    ];
    await scripted.board.takeUpAll();
    expect(scripted.lines).toEqual(['drop f000000001', 'drop f000000002']);
  });

  it('is not held up by one that cannot be taken up', async () => {
    const scripted = board(
      recordOf('f000000001', { status: 'interrupted', holder: DEAD }),
      recordOf('f000000002', { status: 'interrupted', holder: DEAD }),
    );
    scripted.leftovers = [recordOf('f000000003', { status: 'failed', uploadId: 'u1' })];
    scripted.linksRefuse = failure('unreachable');
    await expect(scripted.board.takeUpAll()).resolves.toBeUndefined();
    expect(scripted.lines).toEqual(['drop f000000003', 'take up f000000001', 'take up f000000002']);
  });
});

describe('a link that a wrong clock had signed', () => {
  const RENEWED = `${urlOf(ONE)}-renewed`;

  async function renewedOver(clipboard: string | null) {
    const scripted = await sending('a.txt');
    scripted.clipboard = clipboard;
    scripted.share(ONE).arrives(RENEWED);
    await ended(scripted);
    return scripted;
  }

  it('gives its place on the clipboard to the one that works', async () => {
    expect((await renewedOver(urlOf(ONE))).lines).toEqual([`clipboard ${RENEWED}`]);
  });

  it.each([
    ['what a person has copied since', 'a shopping list'],
    ['other links beside it', `${urlOf(ONE)}\n${urlOf(TWO)}`],
    ['nothing', ''],
  ])('takes nobody’s place where the clipboard holds %s', async (_what, held) => {
    expect((await renewedOver(held)).lines).toEqual([]);
  });

  it('is no trouble where another program holds the clipboard', async () => {
    const scripted = await renewedOver(null);
    expect([scripted.lines, scripted.ended.length]).toEqual([[], 1]);
  });

  it('that never was leaves the clipboard alone', async () => {
    const scripted = await sending('a.txt');
    scripted.clipboard = urlOf(ONE);
    scripted.share(ONE).arrives();
    await ended(scripted);
    expect(scripted.lines).toEqual([]);
  });
});

describe('all uploads together', () => {
  it('are resumed, and wait for a line that is known to be gone', async () => {
    const scripted = await sending('a.txt', 'b.txt');
    scripted.board.stallAll({ code: 'unreachable', message: 'Away.' });
    scripted.board.resumeAll();
    expect(scripted.lines).toEqual([
      ...[`stall ${ONE}: unreachable`, `stall ${TWO}: unreachable`, `resume ${ONE}`, `resume ${TWO}`],
    ]);
  });
});

describe('an upload that ended here and was ended differently elsewhere', () => {
  it('is shown as history says', async () => {
    const scripted = await sending('a.txt');
    scripted.share(ONE).endsBadly('access-denied');
    await ended(scripted);
    expect(scripted.board.row(ONE).standing).toMatchObject({
      kind: 'failed',
      failure: { code: 'access-denied' },
    });
    scripted.keep(ONE, { status: 'revoked' });
    expect(scripted.board.row(ONE).standing).toEqual({ kind: 'revoked' });
    await vi.waitFor(() => {
      expect(scripted.board.underWay()).toEqual([]);
    });
  });
});
