import { StrictEmitter } from './strict-emitter.ts';

/** The page that called, as Electron's WebFrameMain shows it; only a window's own page can. */
export interface SenderFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: null;
  readonly top: SenderFrame;
  isDestroyed(): boolean;
}

export interface InvokeEvent {
  readonly sender: object;
  readonly senderFrame: SenderFrame;
}

type Handler = (event: InvokeEvent, ...parameters: unknown[]) => unknown;

class IpcMain extends StrictEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** No part of Electron. @returns the answer, written for its way back @throws Error in Electron's words, as the caller will read it */
  async standInInvoke(
    channel: string,
    event: InvokeEvent,
    parameters: readonly unknown[],
    encode: (value: unknown) => unknown,
  ): Promise<unknown> {
    try {
      const handler = this.#handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return encode(await handler(event, ...parameters));
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
    }
  }
}

export const ipcMain = new IpcMain();
