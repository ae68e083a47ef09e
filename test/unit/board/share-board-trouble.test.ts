import { describe, expect, it, vi } from 'vitest';
import { recordOf } from './records.ts';
import { DRAFT, desk, settings, vault } from './scripted-accounts.ts';
import { ScriptedBoard } from './scripted-board.ts';
import { failure } from './scripted-share.ts';

const ID = '0000000000';

describe('a share goes on', () => {
  it('where the history cannot be read just when its progress is to be told', async () => {
    const board = new ScriptedBoard();
    await board.start('a.txt');
    board.records = [];
    expect(() => {
      board.share(ID).sends(1);
    }).not.toThrow();
  });

  it('where the clipboard refuses its link', async () => {
    const board = new ScriptedBoard();
    const push = board.lines.push.bind(board.lines);
    vi.spyOn(board.lines, 'push').mockImplementation((line: string) => {
      if (line.startsWith('clipboard')) throw failure('internal');
      return push(line);
    });
    await expect(board.start('a.txt')).rejects.toMatchObject({ code: 'internal' });
    expect(board.lines).toContain(`upload ${ID}`);
  });
});

describe('a share that is sent again', () => {
  it('is sent once, however often that is asked', async () => {
    const board = new ScriptedBoard(recordOf('f000000001', { status: 'failed' }));
    await board.board.resume('f000000001');
    await board.board.resume('f000000001');
    expect(board.lines.filter((line) => line.startsWith('upload'))).toHaveLength(1);
  });
});

describe('a row', () => {
  it('is told by the history once the process has interrupted its upload', async () => {
    const board = new ScriptedBoard();
    await board.start('a.txt');
    board.keep(ID, { status: 'interrupted' });
    board.share(ID).endsBadly('interrupted');
    await vi.waitFor(() => {
      expect(board.ended).toHaveLength(1);
    });
    expect(board.board.row(ID).standing.kind).toBe('interrupted');
  });

  it('is not dead any more once a new link has been made and tried', async () => {
    const board = new ScriptedBoard();
    board.probe = () => Promise.reject(failure('access-denied'));
    await board.start('a.txt');
    board.share(ID).arrives();
    await vi.waitFor(() => {
      expect(board.ended).toHaveLength(1);
    });
    board.keep(ID, { status: 'live' });
    const row = await board.board.extend(ID, { kind: 'seconds', seconds: 5 });
    expect(row.standing).toMatchObject({ kind: 'live', probe: { kind: 'untried' } });
  });
});

describe('an account that cannot be written down', () => {
  it('leaves no keys in the vault', async () => {
    vi.spyOn(settings, 'addAccount').mockRejectedValue(failure('disk-full'));
    await expect(desk().connect(DRAFT)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await vault.read('mine')).toBeNull();
  });
});
