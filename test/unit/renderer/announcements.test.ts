import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ShareRow, ShareStanding } from '../../../src/shared/board.ts';
import { failure, HOUR, share, works } from '../../renderer/shares.ts';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { openedWindow, pass, rowOf } from './opened-window.ts';

const NOON = new Date(2026, 10, 23, 12, 0, 0).getTime();
const MINUTE = 60_000;
const TOTAL = 1000;

const sent = (sentBytes: number): ShareStanding => ({
  kind: 'uploading',
  sentBytes,
  totalBytes: TOTAL,
  bytesPerSecond: 100,
  secondsLeft: 60,
  restarted: false,
  waits: false,
});
const film = (standing: ShareStanding, given: Partial<ShareRow> = {}) =>
  share({ now: NOON, name: 'film.mov', signedAt: NOON, expiresAt: NOON + HOUR, standing, ...given });

/** Every sentence that a live region of the page comes to say, in order. */
function heard(): string[] {
  const sentences: string[] = [];
  const observer = new MutationObserver((mutations) => {
    for (const { target } of mutations) {
      const element = target instanceof Element ? target : target.parentElement;
      const said = element?.closest('[role="status"], [role="alert"], [aria-live]')?.textContent.trim() ?? '';
      if (said !== '' && sentences.at(-1) !== said) sentences.push(said);
    }
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  return sentences;
}

/** Ten steps a second, as main pushes them. */
async function upload(fake: FakeBridge, minutes: number): Promise<void> {
  const steps = minutes * 600;
  for (let step = 0; step <= steps; step += 1) {
    fake.change(film(sent(Math.floor((TOTAL * step) / steps))));
    await vi.advanceTimersByTimeAsync(100);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a long upload', () => {
  it('is told in quarters and at its end, however often it is pushed', async () => {
    const fake = await openedWindow({ rows: [film(sent(0))] });
    const sentences = heard();
    await upload(fake, 2);
    fake.change(film(works));
    await pass(1000);
    expect(sentences).toEqual([
      'film.mov: 25 % uploaded',
      'film.mov: 50 % uploaded',
      'film.mov: 75 % uploaded',
      'film.mov is up',
    ]);
  });

  it('leaves the name of its row alone, for a screen reader says it anew whenever it changes', async () => {
    const fake = await openedWindow({ rows: [film(sent(0))] });
    const before = rowOf('film.mov').getAttribute('aria-label');
    fake.change(film(sent(700)));
    await pass(3000);
    expect(rowOf('film.mov').getAttribute('aria-label')).toBe(before);
    expect(rowOf('film.mov').querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')).toBe('70');
  });

  it('says once what stands in its way', async () => {
    const reason = failure('There is no network.');
    const fake = await openedWindow({ rows: [film(sent(100))] });
    fake.change(film(sent(200)));
    const sentences = heard();
    for (const sentBytes of [200, 201]) {
      fake.change(film({ kind: 'paused', sentBytes, totalBytes: TOTAL, reason }));
      await pass(1000);
    }
    expect(sentences).toEqual(['film.mov: Paused: There is no network.']);
  });
});

describe('a short upload', () => {
  it('is told when it is up, and not on its way', async () => {
    const fake = await openedWindow({ rows: [film(sent(0))] });
    const sentences = heard();
    await upload(fake, 0.1);
    fake.change(film(works));
    await pass(1000);
    expect(sentences).toEqual(['film.mov is up']);
  });

  it('that fails says why', async () => {
    const fake = await openedWindow({ rows: [film(sent(0))] });
    fake.change(film(sent(1)));
    const sentences = heard();
    fake.change(film({ kind: 'failed', failure: failure('The file is gone.') }));
    await pass(1000);
    expect(sentences).toEqual(['film.mov: The file is gone.']);
  });

  it('among many is told in one sentence', async () => {
    const rows = ['1', '2', '3', '4'].map((id) => film(sent(0), { id, name: `${id}.jpg` }));
    const fake = await openedWindow({ rows });
    for (const row of rows) fake.change({ ...row, standing: sent(5) });
    const sentences = heard();
    for (const row of rows) fake.change({ ...row, standing: works });
    await pass(1000);
    expect(sentences).toEqual(['4 files are up']);
  });
});

describe('many failures', () => {
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, at) => film(sent(0), { id: `${at + 1}`, name: `${at + 1}.jpg` }));
  const failed: ShareStanding = { kind: 'failed', failure: failure('The disk is full') };
  /** All of them on their way. */
  async function underWay(rows: readonly ShareRow[]): Promise<FakeBridge> {
    const fake = await openedWindow({ rows: [...rows] });
    for (const row of rows) fake.change({ ...row, standing: sent(5) });
    return fake;
  }

  it('at once name the first two, and tell how many more there are', async () => {
    const rows = numbered(300);
    const fake = await underWay(rows);
    const sentences = heard();
    for (const row of rows) fake.change({ ...row, standing: failed });
    await pass(1000);
    expect(sentences).toEqual(['1.jpg: The disk is full. 2.jpg: The disk is full. and 298 more']);
  });

  it('leave no more to tell where there are just two', async () => {
    const rows = numbered(2);
    const fake = await underWay(rows);
    const sentences = heard();
    for (const row of rows) fake.change({ ...row, standing: failed });
    await pass(1000);
    expect(sentences).toEqual(['1.jpg: The disk is full. 2.jpg: The disk is full']);
  });

  it('do not swallow how many files are up', async () => {
    const rows = numbered(8);
    const fake = await underWay(rows);
    const sentences = heard();
    for (const [at, row] of rows.entries()) fake.change({ ...row, standing: at < 4 ? failed : works });
    await pass(1000);
    expect(sentences).toEqual([
      '1.jpg: The disk is full. 2.jpg: The disk is full. and 2 more. 4 files are up',
    ]);
  });

  it('that come in a steady stream are told while it lasts, and are gone ten seconds after its end', async () => {
    const rows = numbered(20);
    const fake = await underWay(rows);
    const sentences = heard();
    for (const row of rows) {
      fake.change({ ...row, standing: failed });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(sentences.slice(0, 2)).toEqual([
      '1.jpg: The disk is full. 2.jpg: The disk is full. and 3 more',
      '6.jpg: The disk is full. 7.jpg: The disk is full. and 3 more',
    ]);
    await pass(9000);
    expect(document.body.textContent).toContain('and 3 more');
    await pass(2000);
    expect(document.body.textContent).not.toContain('and 3 more');
  });
});

describe('a countdown', () => {
  it('is told five minutes before its end and at its end, and at no second between', async () => {
    await openedWindow({ rows: [film(works)] });
    const sentences = heard();
    for (let second = 0; second <= 61 * 60; second += 1) await vi.advanceTimersByTimeAsync(1000);
    expect(sentences).toEqual(['The link to film.mov ends in 5 min', 'The link to film.mov has ended']);
  });

  it('that had ended before it was seen is not told', async () => {
    await openedWindow({ rows: [film(works, { expiresAt: NOON - 1000 })] });
    const sentences = heard();
    await pass(3 * MINUTE);
    expect(sentences).toEqual([]);
  });

  it('changes the name of its row once a minute at most, also in its last minutes', async () => {
    await openedWindow({ rows: [film(works, { expiresAt: NOON + 3 * MINUTE })] });
    const names = new Set<string | null>();
    for (let second = 0; second < 170; second += 1) {
      names.add(rowOf('film.mov').getAttribute('aria-label'));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect([...names].map((name) => name?.split('. ')[2])).toEqual([
      '3 min left · 3.4 MB',
      '2 min left · 3.4 MB',
      '1 min left · 3.4 MB',
    ]);
  });
});
