import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { watchLine } from '../../../src/main/shell/line-watch.ts';
import type { TransferFailure } from '../../../src/shared/transfer-state.ts';

function scene() {
  const calls: string[] = [];
  const logged: string[] = [];
  const [app, powerMonitor] = [new EventEmitter(), new EventEmitter()];
  let changed = () => undefined as unknown;
  const stallAll = vi.fn<(failure: TransferFailure) => void>(() => calls.push('stall'));
  const rooms = {
    shares: { stallAll },
    nudge: { now: () => calls.push('nudge') },
    network: { watch: (told: () => void) => (changed = told) },
    dropConnections: () => calls.push('drop'),
    log: { write: (_level: string, event: string) => void logged.push(event) },
  };
  watchLine({ app, powerMonitor } as unknown as Parameters<typeof watchLine>[0], rooms);
  return { calls, logged, app, powerMonitor, stallAll, changeNetwork: () => changed() };
}

describe('the line', () => {
  it('is known to be gone when the computer falls asleep', () => {
    const { calls, powerMonitor, stallAll } = scene();
    powerMonitor.emit('suspend');
    expect(calls).toEqual(['stall', 'drop']);
    expect(stallAll.mock.calls[0]?.[0]).toEqual({
      code: 'unreachable',
      message: 'The computer was asleep.',
      next: 'It goes on by itself.',
    });
  });

  it('is written down in the log where it goes and comes', () => {
    const { logged, powerMonitor, changeNetwork } = scene();
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
    changeNetwork();
    expect(logged).toEqual(['asleep', 'awake', 'network changed']);
  });

  it('is tried anew with new connections when the computer wakes', () => {
    const { calls, powerMonitor } = scene();
    powerMonitor.emit('resume');
    expect(calls).toEqual(['drop', 'nudge']);
  });

  it('is tried anew when the screen is unlocked after a sleep that nobody has told the end of', () => {
    const { calls, powerMonitor } = scene();
    powerMonitor.emit('suspend');
    powerMonitor.emit('unlock-screen');
    expect(calls).toEqual(['stall', 'drop', 'drop', 'nudge']);
  });

  it('keeps connections that work when a screen is unlocked without a sleep', () => {
    const { calls, powerMonitor } = scene();
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
    calls.length = 0;
    powerMonitor.emit('unlock-screen');
    expect(calls).toEqual(['nudge']);
  });

  it('is another one when the network has changed', () => {
    const { calls, changeNetwork, stallAll } = scene();
    changeNetwork();
    expect(calls).toEqual(['stall', 'drop', 'nudge']);
    expect(stallAll.mock.calls[0]?.[0].message).toBe('The network has changed.');
  });

  it('is looked at when a person comes to the window', () => {
    const { calls, app } = scene();
    app.emit('browser-window-focus');
    expect(calls).toEqual(['nudge']);
  });
});
