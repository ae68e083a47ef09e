import { describe, expect, it } from 'vitest';
import { recordOf } from './records.ts';
import { ended, ONE, ScriptedBoard, sending, TWO } from './scripted-board.ts';
import { HOUR, NOON, SIZE } from './scripted-share.ts';

describe('rows', () => {
  it('of a page stand as what is under way says, the others as history says', async () => {
    const scripted = new ScriptedBoard(recordOf('f000000000', { name: 'old.txt', status: 'uploading' }));
    await scripted.start('a.txt');
    scripted.share(ONE).sends(400);
    expect(scripted.board.page('', 0, 10)).toMatchObject({
      total: 2,
      rows: [
        { id: ONE, standing: { kind: 'uploading', sentBytes: 400 } },
        { id: 'f000000000', standing: { kind: 'interrupted' } },
      ],
    });
    expect(scripted.board.page('old', 0, 10)).toMatchObject({ total: 1, rows: [{ id: 'f000000000' }] });
    expect(scripted.board.page('', 1, 1).rows.map(({ id }) => id)).toEqual(['f000000000']);
  });

  it('of what others have uploaded are told at once: those that were awaited, and new ones in the list', () => {
    const scripted = new ScriptedBoard(recordOf('f000000000', { name: 'report.pdf', status: 'live' }));
    scripted.awaited?.arrived(['f000000000', 'gone000000']);
    const told = [{ id: 'f000000000', standing: { kind: 'live' } }];
    expect([scripted.pushed, scripted.arrived]).toMatchObject([told, told]);
    expect(scripted.lines).toEqual(['listed']);
  });

  it('of what is awaited are pushed where something else is known of them', () => {
    const scripted = new ScriptedBoard(recordOf('f000000000', { status: 'live' }));
    scripted.awaited?.changed('f000000000');
    scripted.timer.pass(1_000);
    expect(scripted.pushed).toMatchObject([{ id: 'f000000000' }]);
  });

  it('that nobody knows are refused', () => {
    expect(() => new ScriptedBoard().board.row(ONE)).toThrow(
      expect.objectContaining({ code: 'share-unknown' }) as Error,
    );
  });

  it('are pushed at most ten times a second for each share, the last state always', async () => {
    const scripted = await sending('a.txt', 'b.txt');
    for (let sent = 1; sent <= SIZE - 1; sent++) {
      scripted.share(ONE).sends(sent);
      scripted.timer.pass(1);
    }
    scripted.share(TWO).sends(5);
    scripted.timer.pass(1_000);
    const bytes = (id: string) =>
      scripted.pushed.flatMap((row) =>
        row.id === id && row.standing.kind === 'uploading' ? row.standing.sentBytes : [],
      );
    expect(bytes(ONE).length).toBeLessThanOrEqual(11);
    expect(bytes(ONE).length).toBeGreaterThanOrEqual(10);
    expect([bytes(ONE).at(0), bytes(ONE).at(-1), bytes(TWO)]).toEqual([1, SIZE - 1, [5]]);
  });

  it('are pushed with their end, though it comes within a tenth of a second', async () => {
    const scripted = await sending('a.txt');
    scripted.share(ONE).sends(900);
    scripted.share(ONE).arrives();
    await ended(scripted);
    scripted.timer.pass(100);
    expect(scripted.pushed.at(-1)).toMatchObject({ standing: { kind: 'live', probe: { kind: 'works' } } });
    expect(scripted.timer.waiting).toBe(1);
    scripted.timer.pass(100);
    expect(scripted.timer.waiting).toBe(0);
  });
});

describe('live links', () => {
  it('are those that live or will, and none that has ended, failed, or was given up', async () => {
    const scripted = new ScriptedBoard(
      recordOf('f000000001', { status: 'live' }),
      recordOf('f000000003', { status: 'failed' }),
      recordOf('f000000004', { status: 'cancelled' }),
      recordOf('f000000005', { status: 'revoked' }),
      recordOf('f000000006', { status: 'interrupted' }),
      recordOf('f000000007', { status: 'uploading' }),
    );
    await scripted.start('a.txt', 'b.txt', 'c.txt');
    scripted.share(TWO).pauses(1);
    scripted.share('0000000002').endsBadly('refused');
    await ended(scripted);
    expect(scripted.board.live().map(({ id }) => id)).toEqual([TWO, ONE, 'f000000001']);
  });

  it('are asked of history for the moment that the server’s clock shows, ten at the most', () => {
    const many = Array.from({ length: 12 }, (_none, index) =>
      recordOf(`f${`${index}`.padStart(9, '0')}`, { status: 'live' }),
    );
    const scripted = new ScriptedBoard(...many);
    scripted.time.now = NOON + HOUR - 1;
    expect(scripted.board.live()).toHaveLength(10);
    expect(scripted.liveAsked).toEqual([NOON + HOUR - 1]);
  });
});

describe('the board, once a second,', () => {
  it('tells of what is under way, since speeds fade where nothing moves', async () => {
    const scripted = await sending('a.txt');
    scripted.board.tick();
    expect(scripted.pushed.map(({ id }) => id)).toEqual([ONE]);
  });

  it('tells that rows have changed where another process has written, and only then', () => {
    const scripted = new ScriptedBoard(recordOf('f000000001', { status: 'live' }));
    scripted.board.tick();
    expect(scripted.lines).toEqual([]);
    scripted.changedElsewhere = true;
    scripted.board.tick();
    expect([scripted.lines, scripted.pushed]).toEqual([['listed'], []]);
  });
});

describe('rows of many shares', () => {
  it('that change together are pushed together, a tenth of a second after the first', async () => {
    const scripted = await sending('a.txt', 'b.txt');
    for (let sent = 1; sent <= 50; sent++) {
      scripted.share(ONE).sends(sent);
      scripted.share(TWO).sends(sent);
    }
    scripted.timer.pass(99);
    expect(scripted.pushes).toHaveLength(1);
    scripted.timer.pass(1);
    expect(scripted.pushes.at(-1)).toMatchObject([
      { id: TWO, standing: { sentBytes: 50 } },
      { id: ONE, standing: { sentBytes: 50 } },
    ]);
  });
});
