import { networkInterfaces } from 'node:os';

type Interfaces = ReturnType<typeof networkInterfaces>;

/** Does something again and again until the function it gives is called. */
export type Every = (ms: number, work: () => void) => () => void;

/** How often is looked, in milliseconds: no system tells a program of Node.js when its network changes. */
const LOOK_EVERY_MS = 3_000;

/** Keeps no process alive. */
const everyInBackground: Every = (ms, work) => {
  const timer = setInterval(work, ms).unref();
  return () => {
    clearInterval(timer);
  };
};

/** Tells when this computer's own addresses change: another Wi-Fi, a VPN, a cable pulled out. */
export class NetworkWatch {
  readonly #read: () => Interfaces;
  readonly #every: Every;

  constructor(read: () => Interfaces = networkInterfaces, every: Every = everyInBackground) {
    this.#read = read;
    this.#every = every;
  }

  /** Calls back at each change; the function it gives ends that. */
  watch(changed: () => void): () => void {
    let known = this.#addresses();
    return this.#every(LOOK_EVERY_MS, () => {
      const addresses = this.#addresses() ?? known;
      if (addresses === known) return;
      known = addresses;
      changed();
    });
  }

  /** Null where they cannot be read just now: then nothing is known to have changed. */
  #addresses(): string | null {
    try {
      return Object.entries(this.#read())
        .flatMap(([name, addresses = []]) =>
          addresses.filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
        )
        .sort()
        .join('\n');
    } catch {
      return null;
    }
  }
}
