import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { systemClock } from './clock.ts';
import type { ProxyClock } from './clock.ts';
import { Ending } from './ending.ts';
import { Exchange } from './exchange.ts';
import type { Route } from './exchange.ts';
import { Faults } from './fault.ts';
import type { FaultScript } from './fault.ts';
import { Ledger } from './ledger.ts';
import { OccasionReader } from './occasion.ts';
import { lookAtPeers } from './peer.ts';
import type { ShapedLine } from './shaped-line.ts';

export type { ProxyClock } from './clock.ts';
export type { Fault, FaultScript } from './fault.ts';
export type { Entry, Ledger, Outcome } from './ledger.ts';
export type { Occasion, Operation } from './occasion.ts';

export interface FaultProxyOptions {
  /** Where requests go on to, such as `http://127.0.0.1:8000`. */
  readonly server: string;
  /** Default: nothing goes wrong. */
  readonly fault?: FaultScript;
  /** The line that all requests share. Default: none, bytes pass as fast as they come. */
  readonly line?: ShapedLine;
  /** For delays, throttles and trickles. Default: the computer's own. */
  readonly clock?: ProxyClock;
}

/** How often is looked whether the client of a request with faults is still there, in milliseconds. */
const WATCH_MS = 50;

interface UnderWay {
  readonly exchange: Exchange;
  readonly socket: Socket;
  readonly isWatched: boolean;
}

/**
 * Stands between a client and an S3 server over HTTP and makes go wrong what the script says. Clients sign for the
 * proxy's `endpoint`; Host is forwarded as it came, so signatures hold at the server.
 */
export class FaultProxy {
  readonly ledger = new Ledger();
  readonly #route: Route;
  readonly #script: FaultScript;
  readonly #occasions = new OccasionReader();
  readonly #underWay = new Set<UnderWay>();
  readonly #requestsOn = new WeakMap<Socket, { readonly connection: number; requests: number }>();
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #watch: NodeJS.Timeout | undefined;
  #port = 0;

  constructor({ server, fault = () => null, line, clock = systemClock }: FaultProxyOptions) {
    const { hostname, port } = new URL(server);
    this.#script = fault;
    this.#route = {
      hostname,
      port: Number(port),
      agent: new Agent({ keepAlive: true, maxFreeSockets: 1024 }),
      clock,
      line: line ?? null,
    };
  }

  /** Such as `http://127.0.0.1:23456`; the same for the proxy's whole life. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Stops listening and resets all connections: who comes now is refused. May be called twice. */
  async goAway(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    clearInterval(this.#watch);
    // The server closes with its last connection; a socket that is reset twice never says that it has closed.
    const closed = once(server.close(), 'close');
    for (const { exchange } of this.#underWay) exchange.end(new Ending('proxy gone', 'RST'));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#route.agent.destroy();
    await closed;
    for (const socket of this.#sockets) this.#disconnected(socket);
  }

  /** Listens again, on the same port. @throws Error where somebody else has taken it */
  async comeBack(): Promise<void> {
    this.#server ??= await this.#listen(this.#port);
  }

  /** Like `goAway`, for good. */
  async close(): Promise<void> {
    await this.goAway();
  }

  /** Begins to listen, on a port that nobody else has. */
  async open(): Promise<void> {
    for (let tries = 20; this.#server === null; tries -= 1) {
      // Below the ports that systems give to outgoing connections: while the proxy is away, nobody else comes to
      // have its port by chance, not even a client that connects to it.
      const port = 20_000 + Math.floor(Math.random() * 10_000);
      try {
        this.#server = await this.#listen(port);
        this.#port = port;
      } catch (error) {
        if (tries === 0) throw error;
      }
    }
  }

  async #listen(port: number): Promise<Server> {
    const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
    server.on('connection', (socket) => {
      this.#connected(socket);
    });
    const receive = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      this.#receive(incoming, outgoing);
    };
    server.on('request', receive);
    server.on('checkContinue', receive);
    server.on('clientError', (_, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    this.#watch = setInterval(() => {
      this.#lookAfterClients();
    }, WATCH_MS).unref();
    return server;
  }

  #connected(socket: Socket): void {
    this.ledger.connected();
    this.#sockets.add(socket);
    this.#requestsOn.set(socket, { connection: this.ledger.connections.opened, requests: 0 });
    socket.once('close', () => {
      this.#disconnected(socket);
    });
  }

  #disconnected(socket: Socket): void {
    if (this.#sockets.delete(socket)) this.ledger.disconnected();
  }

  #receive(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { socket } = incoming;
    const count = this.#requestsOn.get(socket) ?? { connection: 0, requests: 0 };
    count.requests += 1;
    const occasion = this.#occasions.read(incoming, {
      connection: count.connection,
      requestOnConnection: count.requests,
      bytesSoFar: this.ledger.bytesForwarded,
    });
    const faults = new Faults(this.#script(occasion));
    const kinds = faults.all.map(({ kind }) => kind);
    const page = this.ledger.begin(occasion, kinds, () => lookAtPeers()(socket));
    const exchange = new Exchange(this.#route, [incoming, outgoing], { occasion, faults, page });
    const isWatched = kinds.length > 0 || this.#route.line !== null;
    const underWay = { exchange, socket, isWatched };
    this.#underWay.add(underWay);
    void exchange.run().finally(() => this.#underWay.delete(underWay));
  }

  /** While a fault keeps us from reading, nothing else tells that a client has left. */
  #lookAfterClients(): void {
    const watched = [...this.#underWay].filter(({ isWatched }) => isWatched);
    if (watched.length === 0) return;
    const isThere = lookAtPeers();
    for (const { exchange, socket } of watched) {
      if (!isThere(socket)) exchange.end(new Ending('client gone', 'RST'));
    }
  }
}

/** Starts a fault proxy on loopback. @throws Error where it can have no port */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const proxy = new FaultProxy(options);
  await proxy.open();
  return proxy;
}
