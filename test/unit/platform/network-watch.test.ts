import { expect, it, vi } from 'vitest';
import { NetworkWatch } from '../../../src/main/platform/network-watch.ts';

type Interfaces = ReturnType<ConstructorParameters<typeof NetworkWatch>[0] & object>;

const at = (address: string, internal = false) =>
  ({ address, internal }) as NonNullable<Interfaces[string]>[number];

function scene(first: Interfaces) {
  const network = { now: first, fails: false };
  let look = () => undefined as unknown;
  const end = vi.fn<() => void>();
  const every = vi.fn((_ms: number, work: () => void) => {
    look = work;
    return end;
  });
  const watch = new NetworkWatch(() => {
    if (network.fails) throw new Error('not now');
    return network.now;
  }, every);
  const changed = vi.fn<() => void>();
  return { network, changed, every, end, stop: watch.watch(changed), look: () => look() };
}

it('a network that stays is no change, in whatever order it is listed', () => {
  const { network, changed, look, every } = scene({ wlan0: [at('10.0.0.2')], eth0: [at('10.1.0.2')] });
  network.now = { eth0: [at('10.1.0.2')], wlan0: [at('10.0.0.2')] };
  look();
  expect(changed).not.toHaveBeenCalled();
  expect(every.mock.calls[0]?.[0]).toBe(3_000);
});

it.each<readonly [string, Interfaces]>([
  ['another address', { wlan0: [at('192.168.0.7')] }],
  ['another interface with the same address', { eth0: [at('10.0.0.2')] }],
  ['one more, such as a VPN', { wlan0: [at('10.0.0.2')], tun0: [at('10.8.0.1')] }],
  ['none any more', {}],
])('%s is a change, told once', (_what, now) => {
  const { network, changed, look } = scene({ wlan0: [at('10.0.0.2')] });
  network.now = now;
  look();
  look();
  expect(changed).toHaveBeenCalledOnce();
});

it('what leads nowhere but into this computer is not looked at', () => {
  const { network, changed, look } = scene({ lo: [at('127.0.0.1', true)] });
  network.now = { lo: [at('127.0.0.2', true)], docker0: [] };
  look();
  expect(changed).not.toHaveBeenCalled();
});

it('addresses that cannot be read just now are no change', () => {
  const { network, changed, look } = scene({ wlan0: [at('10.0.0.2')] });
  network.fails = true;
  look();
  network.fails = false;
  look();
  expect(changed).not.toHaveBeenCalled();
});

it('nothing is looked at any more once that was ended', () => {
  const { stop, end } = scene({});
  stop();
  expect(end).toHaveBeenCalledOnce();
});

it('keeps no process alive', () => {
  const unref = vi.spyOn(globalThis, 'setInterval');
  try {
    const stop = new NetworkWatch().watch(() => undefined);
    expect((unref.mock.results[0]?.value as NodeJS.Timeout).hasRef()).toBe(false);
    stop();
  } finally {
    unref.mockRestore();
  }
});
