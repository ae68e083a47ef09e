import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
export type Method = keyof Protocol.CommandParameters;
type Parameters<M extends Method> = Protocol.CommandParameters[M];
type Answer<M extends Method> = Protocol.CommandReturnValues[M];

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly method: Method;
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: Error) => void;
}

/** One attached target, or the browser itself: commands go out, events come in. */
export class CdpSession extends EventEmitter<Protocol.EventMap> {
  readonly #connection: CdpConnection;
  readonly #id: string | undefined;

  constructor(connection: CdpConnection, id?: string) {
    super();
    this.setMaxListeners(0);
    this.#connection = connection;
    this.#id = id;
  }

  /** @throws Error where Chromium refuses the command or is gone */
  send<M extends Method>(method: M, parameters?: Parameters<M>): Promise<Answer<M>> {
    return this.#connection.send(method, parameters, this.#id);
  }
}

/** The DevTools protocol over the pipe of `--remote-debugging-pipe`: JSON, each message ended by a zero byte. */
export class CdpConnection {
  readonly browser = new CdpSession(this);
  readonly #commands: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed = false;

  constructor(commands: Writable, answers: Readable) {
    this.#commands = commands;
    commands.on('error', () => {
      this.close();
    });
    let rest = '';
    answers.setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (rest + chunk).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#take(JSON.parse(message) as Message);
    });
    answers.on('close', () => {
      this.close();
    });
  }

  send<M extends Method>(method: M, parameters?: Parameters<M>, sessionId?: string): Promise<Answer<M>> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium is gone.`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#commands.write(`${JSON.stringify({ id, method, params: parameters, sessionId })}\0`);
    });
  }

  /** @param id what Target.attachToTarget with `flatten` has answered */
  session(id: string): CdpSession {
    const session = new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  /** Fails all that still waits for an answer. */
  close(): void {
    this.#closed = true;
    for (const { method, reject } of this.#waiting.values())
      reject(new Error(`${method}: Chromium is gone.`));
    this.#waiting.clear();
  }

  #take({ id, sessionId, method, params, result, error }: Message): void {
    if (id !== undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(result as never);
      else waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
    } else {
      const session = sessionId === undefined ? this.browser : this.#sessions.get(sessionId);
      session?.emit(method as 'Page.loadEventFired', params as Protocol.Page.loadEventFiredPayload);
    }
  }
}
