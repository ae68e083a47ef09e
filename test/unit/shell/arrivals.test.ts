import { describe, expect, it, vi } from 'vitest';
import { FileShelf } from '../../../src/main/board/file-shelf.ts';
import { Arrivals, type ArrivalListener, type ArrivalRooms } from '../../../src/main/shell/arrivals.ts';
import type { LifeChoice } from '../../../src/shared/board.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { LIFE, TARGET } from './scripted-application.ts';

const NOON = Date.UTC(2026, 6, 1, 12);

vi.mock('electron', () => ({}));

function scene(currentAccount: string | null = 'mine') {
  const start = vi.fn<(...asked: unknown[]) => Promise<unknown[]>>(() => Promise.resolve([]));
  const dropTarget = vi.fn(() => TARGET);
  const settings = {
    ...{ currentAccount, keyTemplate: '{name}', goneAtEnd: false },
    life: LIFE as LifeChoice,
    choose: vi.fn<(chosen: object) => Promise<void>>(() => Promise.resolve()),
  };
  const files = new FileShelf({
    sizeOf: (path) =>
      path.endsWith('/')
        ? Promise.reject(new SandglassError('file-is-directory', 'This is a folder.'))
        : Promise.resolve(7),
  });
  const listener = {
    refused: vi.fn<ArrivalListener['refused']>(),
    waiting: vi.fn<() => void>(),
    momentPassed: vi.fn<() => void>(),
  };
  const arrivals = new Arrivals(listener);
  const rooms = { shares: { start }, accounts: { dropTarget }, settings, files, clock: { now: () => NOON } };
  const open = () => {
    arrivals.open(rooms as unknown as ArrivalRooms);
  };
  const paths = () => start.mock.calls.map(([asked]) => asked);
  return { arrivals, open, start, dropTarget, settings, listener, paths };
}

describe('files from outside', () => {
  it('that come while the app starts are shared once it is up, none lost', async () => {
    const { arrivals, open, paths } = scene();
    const taken = [arrivals.take(['/a.txt']), arrivals.take(['/b.txt', '/c.txt'])];
    await Promise.resolve();
    expect(paths()).toEqual([]);
    open();
    await Promise.all(taken);
    expect(paths()).toEqual([['/a.txt'], ['/b.txt', '/c.txt']]);
  });

  it('wait for a bucket where none is connected, and are shared once, when one is', async () => {
    const { arrivals, open, paths, settings, listener } = scene(null);
    open();
    await arrivals.take(['/a.txt']);
    await arrivals.take(['/b.txt']);
    expect([arrivals.waiting, listener.waiting.mock.calls.length]).toEqual([2, 2]);
    await arrivals.shareWaiting();
    expect(paths()).toEqual([]);
    settings.currentAccount = 'mine';
    await Promise.all([arrivals.shareWaiting(), arrivals.shareWaiting()]);
    expect(paths()).toEqual([['/a.txt', '/b.txt']]);
    expect(arrivals.waiting).toBe(0);
  });

  it('that can never be shared do not wait', async () => {
    const { arrivals, open, listener } = scene(null);
    open();
    await arrivals.take(['/folder/']);
    expect(listener.refused.mock.calls).toMatchObject([
      [{ name: 'folder', failure: { code: 'file-is-directory' } }],
    ]);
    expect([arrivals.waiting, listener.waiting.mock.calls.length]).toEqual([0, 0]);
  });

  it('that are refused are told of, and so is an account that cannot be used', async () => {
    const { arrivals, open, start, dropTarget, listener } = scene();
    open();
    const refused = { kind: 'refused', name: 'a.txt', failure: { code: 'file-missing' } };
    start.mockResolvedValueOnce([{ kind: 'started' }, refused]);
    await arrivals.take(['/a.txt']);
    expect(listener.refused.mock.calls).toEqual([[refused]]);
    dropTarget.mockImplementation(() => {
      throw new SandglassError('account-unknown', 'There is no such account.');
    });
    await arrivals.take(['/a.txt']);
    expect(listener.refused).toHaveBeenLastCalledWith(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'account-unknown' }) as object }),
    );
  });

  it('live a day where the moment that was chosen last has passed, and that is said and kept', async () => {
    const { arrivals, open, start, settings, listener } = scene();
    settings.life = { kind: 'until', at: NOON };
    open();
    await arrivals.take(['/a.txt']);
    const day = { kind: 'seconds', seconds: 86_400 };
    expect(start.mock.calls[0]?.[2]).toMatchObject({ life: day });
    expect(settings.choose.mock.calls).toEqual([[{ life: day }]]);
    expect(listener.momentPassed).toHaveBeenCalledOnce();
    expect(listener.refused).not.toHaveBeenCalled();
  });

  it('live until the moment that was chosen last where it is still to come', async () => {
    const { arrivals, open, start, settings, listener } = scene();
    settings.life = { kind: 'until', at: NOON + 1_000 };
    open();
    await arrivals.take(['/a.txt']);
    expect(start.mock.calls[0]?.[2]).toMatchObject({ life: settings.life });
    expect([settings.choose, listener.momentPassed].map(({ mock }) => mock.calls)).toEqual([[], []]);
  });

  it('go with their links where that was chosen last', async () => {
    const { arrivals, open, start, settings } = scene();
    settings.goneAtEnd = true;
    open();
    await arrivals.take(['/a.txt']);
    expect(start.mock.calls[0]?.[2]).toMatchObject({ goneAtEnd: true });
  });

  it('are none where none are named', async () => {
    const { arrivals, open, start } = scene();
    open();
    await arrivals.take([]);
    expect(start).not.toHaveBeenCalled();
  });
});
