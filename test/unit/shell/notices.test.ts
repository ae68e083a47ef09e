import { beforeEach, describe, expect, it, vi } from 'vitest';
import { shareRowOf } from '../../../src/main/board/share-rows.ts';
import { Notices } from '../../../src/main/shell/notices.ts';
import type { ShareStanding } from '../../../src/shared/board.ts';
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

function noticed(standing: ShareStanding) {
  const [copy, open] = [vi.fn<(id: string) => void>(), vi.fn<() => void>()];
  const notices = new Notices(copy, open);
  notices.ended(shareRowOf(recordOf('a000000000', { name: 'a.txt' }), standing));
  return { copy, open, notices };
}

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
    { kind: 'uploading', sentBytes: 0, totalBytes: 1, bytesPerSecond: null, secondsLeft: null },
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
    const { copy, notices } = noticed(works);
    notices.ended(shareRowOf(recordOf('b000000000', { name: 'b.txt' }), works));
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
