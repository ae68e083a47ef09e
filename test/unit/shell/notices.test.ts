import { beforeEach, describe, expect, it, vi } from 'vitest';
import { shareRowOf } from '../../../src/main/board/share-rows.ts';
import { Notices } from '../../../src/main/shell/notices.ts';
import type { ShareStanding } from '../../../src/shared/board.ts';
import { HandTimer } from '../board/hand-timer.ts';
import { recordOf } from '../board/records.ts';

interface Shown {
  readonly options: unknown;
  readonly emit: (name: string) => void;
  readonly shows: number;
}

const electron = vi.hoisted(() => ({ supported: true, made: [] as Shown[] }));

vi.mock('electron', () => ({
  Notification: class {
    static isSupported = () => electron.supported;
    readonly options: unknown;
    readonly listeners = new Map<string, () => void>();
    shows = 0;
    constructor(options: unknown) {
      this.options = options;
      electron.made.push(this);
    }
    on(name: string, listener: () => void) {
      this.listeners.set(name, listener);
    }
    emit(name: string) {
      this.listeners.get(name)?.();
    }
    show() {
      this.shows++;
    }
  },
}));

const failure = { code: 'access-denied', message: 'You may not.', next: null, requestId: null };
const works: ShareStanding = { kind: 'live', probe: { kind: 'works' } };

function scene() {
  const time = new HandTimer();
  const [copy, open] = [vi.fn<(id: string) => void>(), vi.fn<() => void>()];
  return { time, copy, open, notices: new Notices({ copy, open }, time.later) };
}

const rowOf = (place: number, standing: ShareStanding, name = 'a.txt') =>
  shareRowOf(recordOf(`${place}`.padStart(10, '0'), { name }), standing);

function noticed(standing: ShareStanding) {
  const made = scene();
  made.notices.ended(shareRowOf(recordOf('a000000000', { name: 'a.txt' }), standing));
  made.time.pass(1_000);
  return made;
}

const titles = () => electron.made.map(({ options }) => (options as { title: string }).title);

beforeEach(() => {
  electron.supported = true;
  electron.made.length = 0;
});

describe('a notice', () => {
  it('of an upload that ended well copies its link at a click', () => {
    const { copy, open } = noticed(works);
    expect(electron.made.map(({ options, shows }) => [options, shows])).toEqual([
      [{ title: 'a.txt is up', body: 'The link works. Click to copy it.', silent: true }, 1],
    ]);
    expect(copy).not.toHaveBeenCalled();
    electron.made[0]?.emit('click');
    expect([copy.mock.calls, open.mock.calls]).toEqual([[['a000000000']], []]);
  });

  it.each<readonly [string, ShareStanding, string]>([
    ['failed', { kind: 'failed', failure }, 'You may not.'],
    ['failed for no known reason', { kind: 'failed', failure: null }, ''],
    ['left a dead link', { kind: 'live', probe: { kind: 'dead', failure } }, 'You may not.'],
  ])('of an upload that %s says why, and opens the window at a click', (_what, standing, body) => {
    const { copy, open } = noticed(standing);
    expect(electron.made[0]?.options).toEqual({ title: 'a.txt did not go up', body, silent: true });
    electron.made[0]?.emit('click');
    expect([copy.mock.calls, open.mock.calls.length]).toEqual([[], 1]);
  });

  it.each<ShareStanding>([
    { kind: 'cancelled' },
    { kind: 'revoked' },
    { kind: 'interrupted' },
    { kind: 'paused', sentBytes: 0, totalBytes: 1, reason: null },
    {
      ...{ kind: 'uploading', sentBytes: 0, totalBytes: 1, bytesPerSecond: null, secondsLeft: null },
      ...{ restarted: false, waits: false },
    },
  ])('is not shown where a person knows already: $kind', (standing) => {
    noticed(standing);
    expect(electron.made).toEqual([]);
  });

  it('is not shown where the system shows none', () => {
    electron.supported = false;
    noticed(works);
    expect(electron.made).toEqual([]);
  });

  it('answers a click however many came after it, until it is closed', () => {
    const { copy, notices, time } = noticed(works);
    notices.ended(shareRowOf(recordOf('b000000000', { name: 'b.txt' }), works));
    time.pass(1_000);
    electron.made[1]?.emit('close');
    electron.made[0]?.emit('click');
    expect(copy.mock.calls).toEqual([['a000000000']]);
  });

  it('is held until it is closed, and not a moment longer', () => {
    const [added, deleted] = [vi.spyOn(Set.prototype, 'add'), vi.spyOn(Set.prototype, 'delete')];
    try {
      noticed(works);
      const [notice] = electron.made;
      expect(added).toHaveBeenCalledWith(notice);
      expect(deleted).not.toHaveBeenCalledWith(notice);
      notice?.emit('close');
      expect(deleted).toHaveBeenCalledWith(notice);
    } finally {
      added.mockRestore();
      deleted.mockRestore();
    }
  });
});

describe('many ends', () => {
  it('one upon the other make one notice, which opens the window', () => {
    const { notices, time, copy, open } = scene();
    for (let place = 0; place < 400; place += 1) {
      notices.ended(rowOf(place, works));
      time.pass(900);
    }
    expect(titles()).toEqual([]);
    time.pass(100);
    expect(titles()).toEqual(['400 files are up']);
    electron.made[0]?.emit('click');
    expect([copy.mock.calls.length, open.mock.calls.length]).toEqual([0, 1]);
  });

  it('are told apart where some were good and some were not', () => {
    const { notices, time } = scene();
    notices.ended(rowOf(1, works, 'good.txt'));
    notices.ended(rowOf(2, { kind: 'failed', failure }, 'bad.txt'));
    notices.refused({ name: 'folder', failure });
    time.pass(1_000);
    expect(electron.made.map(({ options }) => options)).toMatchObject([
      { title: 'good.txt is up' },
      { title: '2 files did not go up', body: 'bad.txt: You may not. Click to see all.' },
    ]);
  });

  it('with a pause between them make a notice each', () => {
    const { notices, time } = scene();
    for (const name of ['a.txt', 'b.txt']) {
      notices.ended(rowOf(1, works, name));
      time.pass(1_000);
    }
    expect(titles()).toEqual(['a.txt is up', 'b.txt is up']);
  });
});

describe('what others have uploaded', () => {
  it('is told by name, and its link is copied at a click', () => {
    const { notices, copy } = scene();
    notices.arrived([rowOf(1, works, 'report.pdf')]);
    expect(electron.made[0]?.options).toMatchObject({
      title: 'report.pdf has arrived',
      body: 'Its link lives now. Click to copy it.',
    });
    electron.made[0]?.emit('click');
    expect(copy.mock.calls).toEqual([['0000000001']]);
  });

  it('together is told in one notice, which opens the window; nothing is told of nothing', () => {
    const { notices, open } = scene();
    notices.arrived([]);
    notices.arrived([rowOf(1, works), rowOf(2, works)]);
    expect(titles()).toEqual(['2 files have arrived']);
    electron.made[0]?.emit('click');
    expect(open).toHaveBeenCalledOnce();
  });
});

describe('what was asked for without a window', () => {
  it('is told when it is done, and why where it is not', () => {
    const { notices, open } = scene();
    notices.copied('a.txt');
    notices.notCopied(failure);
    notices.shortcutTaken('Ctrl+S');
    expect(electron.made.map(({ options }) => options)).toMatchObject([
      { title: 'Link copied', body: 'The link to a.txt is on the clipboard.' },
      { title: 'The link could not be copied', body: 'You may not.' },
      { title: 'The shortcut does not work', body: expect.stringContaining('Ctrl+S') as string },
    ]);
    electron.made[0]?.emit('click');
    expect(open).not.toHaveBeenCalled();
    electron.made[1]?.emit('click');
    electron.made[2]?.emit('click');
    expect(open).toHaveBeenCalledTimes(2);
  });
});
