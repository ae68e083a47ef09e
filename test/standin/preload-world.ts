import type { Bridge } from './page-bridge.ts';
import type { Wire } from './wire.ts';

/** What the preload's world tells the main process, as JSON. */
export type ToMain =
  | {
      readonly kind: 'invoke';
      readonly number: number;
      readonly channel: string;
      readonly parameters: unknown;
    }
  | { readonly kind: 'send'; readonly channel: string; readonly parameters: unknown }
  | { readonly kind: 'window'; readonly request: { readonly kind: string; readonly url: string } };

/** What the main process tells the preload's world. */
export type ToPreload =
  | { readonly kind: 'settle'; readonly number: number; readonly value?: unknown; readonly failure?: string }
  | { readonly kind: 'event'; readonly channel: string; readonly parameters: unknown };

/** What a sandboxed preload finds about itself. */
export interface PreloadWorld {
  readonly require: (name: string) => unknown;
  readonly process: object;
  /** Called from outside with what the main process says. */
  readonly receive: (message: ToPreload) => void;
}

/**
 * Electron as a sandboxed preload knows it. Written into the isolated world as text, so it uses nothing from outside
 * itself.
 */
export function createPreloadWorld(
  bridge: Bridge,
  wire: Wire,
  toMain: (message: ToMain) => void,
  pathOf: (file: File) => string,
  versions: object,
): PreloadWorld {
  type Listener = (event: object, ...rest: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  let lastNumber = 0;

  const absentFrom = <Api extends object>(name: string, api: Api): Api =>
    new Proxy(api, {
      get(target, key, receiver) {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key, receiver) as unknown;
        throw new Error(`The stand-in has no ${name}.${key}: it holds only what the app uses of Electron.`);
      },
    });
  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const off = (channel: string, listener: Listener) => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((one) => one !== listener),
    );
    return ipcRenderer;
  };
  const ipcRenderer: object = absentFrom('ipcRenderer', {
    async invoke(channel: string, ...rest: unknown[]): Promise<unknown> {
      const parameters = wire.encode(rest);
      const number = ++lastNumber;
      return await new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        toMain({ kind: 'invoke', number, channel, parameters });
      });
    },
    send(channel: string, ...rest: unknown[]): void {
      toMain({ kind: 'send', channel, parameters: wire.encode(rest) });
    },
    on,
    off,
    addListener: on,
    removeListener: off,
    once(channel: string, listener: Listener) {
      const once: Listener = (event, ...rest) => {
        off(channel, once);
        listener(event, ...rest);
      };
      return on(channel, once);
    },
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  });
  const electron = absentFrom('electron, in a sandboxed preload,', {
    ipcRenderer,
    contextBridge: absentFrom('contextBridge', {
      exposeInMainWorld: (name: string, api: unknown) => {
        bridge.expose(name, api);
      },
    }),
    webUtils: absentFrom('webUtils', {
      getPathForFile(file: unknown): string {
        if (!(file instanceof File)) throw new TypeError('Value is not a File');
        return pathOf(file);
      },
    }),
  });
  return {
    require(name) {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error(`module not found: ${name}`);
    },
    process: {
      versions,
      type: 'renderer',
      platform: 'linux',
      sandboxed: true,
      contextIsolated: true,
      env: {},
      argv: [],
    },
    receive(message) {
      if (message.kind === 'event') {
        const rest = wire.decode(message.parameters) as unknown[];
        for (const listener of listeners.get(message.channel) ?? [])
          listener({ sender: ipcRenderer }, ...rest);
        return;
      }
      const call = waiting.get(message.number);
      waiting.delete(message.number);
      if (message.failure === undefined) call?.resolve(wire.decode(message.value));
      else call?.reject(new Error(message.failure));
    },
  };
}
