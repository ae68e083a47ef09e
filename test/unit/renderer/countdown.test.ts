import { screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOUR, share } from '../../renderer/shares.ts';
import { openedWindow, pass, rowOf } from './opened-window.ts';

const NOON = new Date(2026, 10, 23, 12, 0, 0).getTime();
const MINUTE = 60_000;

const live = (minutes: number) =>
  share({ now: NOON, signedAt: NOON, expiresAt: NOON + minutes * MINUTE, name: 'report.pdf' });
const glass = () => rowOf('report.pdf').querySelector('svg[data-state]')!;
const words = () => rowOf('report.pdf').textContent;

let visibility: DocumentVisibilityState;

function show(state: DocumentVisibilityState) {
  visibility = state;
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a countdown', () => {
  it('runs while it is looked at, and its sand sinks', async () => {
    await openedWindow({ rows: [live(60)] });
    expect(words()).toContain('1 h left');
    expect(glass().getAttribute('data-left')).toBe('1.000');
    await pass(30 * MINUTE);
    expect(words()).toContain('30 min left');
    expect(glass().getAttribute('data-left')).toBe('0.500');
    expect(glass().getAttribute('data-state')).toBe('running');
  });

  it('tells seconds when few are left', async () => {
    await openedWindow({ rows: [live(60)] });
    await pass(57 * MINUTE + 18_000);
    expect(words()).toContain('2 min 42 s left');
    await pass(1000);
    expect(words()).toContain('2 min 41 s left');
  });

  it('turns amber in its last tenth, in words and sand', async () => {
    await openedWindow({ rows: [live(60)] });
    await pass(54 * MINUTE - 1000);
    expect(glass().getAttribute('data-state')).toBe('running');
    expect(rowOf('report.pdf').querySelector('.warning')).toBeNull();
    await pass(1000);
    expect(glass().getAttribute('data-state')).toBe('last-tenth');
    expect(rowOf('report.pdf').querySelector('.warning')).not.toBeNull();
  });

  it('is over in the second of its end, and says when that was', async () => {
    await openedWindow({ rows: [live(60)] });
    await pass(60 * MINUTE - 1000);
    expect(words()).toContain('1 s left');
    await pass(1000);
    expect(glass().getAttribute('data-state')).toBe('ended');
    expect(glass().getAttribute('data-left')).toBe('0.000');
    expect(words()).toMatch(/Ended (13:00|1:00\sPM)/);
    expect(screen.queryByRole('button', { name: 'Copy link' })).toBeNull();
  });

  it('goes by the server’s clock where this computer’s is wrong', async () => {
    await openedWindow({ rows: [live(60)], board: { clockOffset: 59 * MINUTE } });
    expect(words()).toContain('1 min left');
  });

  it('sleeps while nobody can see it, and is right again when it is seen', async () => {
    await openedWindow({ rows: [live(60)] });
    show('hidden');
    expect(vi.getTimerCount()).toBe(0);
    await pass(30 * MINUTE);
    expect(words()).toContain('1 h left');
    show('visible');
    await pass(0);
    expect(words()).toContain('30 min left');
  });

  it('shares one clock with all the others', async () => {
    const rows = Array.from({ length: 9 }, (_, place) => ({ ...live(60), id: `000000000${place}` }));
    await openedWindow({ rows });
    expect(vi.getTimerCount()).toBe(1);
  });

  it('ticks on the full seconds of the server', async () => {
    vi.setSystemTime(NOON + 400);
    await openedWindow({ rows: [live(1)] });
    expect(words()).toContain('59 s left');
    await pass(599);
    expect(words()).toContain('59 s left');
    await pass(2);
    expect(words()).toContain('59 s left');
    await pass(1000);
    expect(words()).toContain('58 s left');
  });
});

describe('a countdown of a share that is over otherwise', () => {
  it('does not run', async () => {
    await openedWindow({
      rows: [{ ...live(60), standing: { kind: 'revoked' }, expiresAt: NOON + HOUR }],
    });
    expect(glass().getAttribute('data-state')).toBe('ended');
    expect(words()).not.toContain('left');
  });
});
