import { request } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { answerOf, ownAnswer, rewritten, serialised } from './answer.ts';
import type { Answer } from './answer.ts';
import { answerStages, requestStages, strikeBodiless } from './body-stages.ts';
import type { ProxyClock } from './clock.ts';
import { Ending, Truncation } from './ending.ts';
import type { Faults, Way } from './fault.ts';
import { drain, eventOf, held, pipe, pour } from './flow.ts';
import type { Page } from './ledger.ts';
import { Lines } from './lines.ts';
import type { Occasion } from './occasion.ts';
import { ShapedLine } from './shaped-line.ts';

/** Where requests go on to, and what they share on the way. */
export interface Route {
  readonly hostname: string;
  readonly port: number;
  readonly agent: Agent;
  readonly clock: ProxyClock;
  readonly line: ShapedLine | null;
}

/** One request with the faults that strike it, from its head to the last byte of its answer. */
export class Exchange {
  readonly #route: Route;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  readonly #occasion: Occasion;
  readonly #faults: Faults;
  readonly #page: Page;
  readonly #lines: Lines;
  readonly #end = new AbortController();
  #upstream: ClientRequest | null = null;
  #sent: Promise<void> = Promise.resolve();

  constructor(
    route: Route,
    [incoming, outgoing]: readonly [IncomingMessage, ServerResponse],
    { occasion, faults, page }: { occasion: Occasion; faults: Faults; page: Page },
  ) {
    this.#route = route;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.#occasion = occasion;
    this.#faults = faults;
    this.#page = page;
    const throttle = faults.find('throttle');
    const own = throttle === undefined ? [] : [new ShapedLine(route.clock, throttle)];
    const lines = [...(route.line === null ? [] : [route.line]), ...own];
    this.#lines = new Lines(lines, route.clock, this.#end.signal);
  }

  /** Ends the request from outside. Does nothing once it has ended. */
  end(ending: Ending): void {
    this.#end.abort(ending);
  }

  /** Settles when the client has its answer and is rid of its body, or its connection is closed. */
  async run(): Promise<void> {
    const { socket } = this.#incoming;
    const gone = (): void => {
      this.end(new Ending('client gone', 'FIN'));
    };
    socket.once('close', gone);
    try {
      await this.#pass();
      await this.#sent;
    } catch (error) {
      const ending = this.#endingFor(error);
      this.end(ending);
      if (ending.how === 'RST') socket.resetAndDestroy();
      else socket.destroySoon();
      this.#page.ended(ending.outcome, this.#outgoing.headersSent ? this.#outgoing.statusCode : null);
    } finally {
      socket.off('close', gone);
      if (this.#end.signal.aborted) this.#cutServer();
    }
  }

  #cutServer(): void {
    const { reason } = this.#end.signal as { reason: unknown };
    if (reason instanceof Ending && reason.how === 'RST') this.#upstream?.socket?.resetAndDestroy();
    this.#upstream?.destroy();
  }

  async #pass(): Promise<void> {
    if (this.#occasion.requestOnConnection === 1) await this.#lines.handshake();
    const body = this.#lines.carry('up', this.#incoming.iterator({ destroyOnReturn: false }));
    await this.#lines.cross();
    await this.#delay('request');
    const answer = await this.#answer(body);
    await this.#delay('answer');
    if (this.#faults.find('swallow') !== undefined) {
      if (answer.body !== null) await drain(answer.body);
      throw new Ending('cut', 'RST');
    }
    const rewrite = this.#faults.find('rewrite');
    await this.#deliver(rewrite === undefined ? answer : await rewritten(answer, rewrite));
    this.#page.ended('answered', answer.status);
  }

  async #answer(body: AsyncIterable<Buffer>): Promise<Answer> {
    const own = this.#faults.find('answer');
    const stages = requestStages(this.#faults, this.#occasion.bodyBytes, this.#end.signal);
    const hasBody = this.#occasion.bodyBytes !== 0 && isBodyAnnounced(this.#incoming);
    if (!hasBody) await strikeBodiless(stages);
    const changed = hasBody ? stages.reduce((chunks, stage) => stage(chunks), body) : body;
    if (own === undefined) return this.#forward(changed, changed === body && this.#lines.areNone);
    if (own.drained === false) this.#sent = this.#ending(drain(body));
    else {
      if (expectsContinue(this.#incoming)) this.#outgoing.writeContinue();
      await drain(changed);
    }
    return ownAnswer(own, this.#occasion.method);
  }

  /** @param isUntouched whether the body is the client's, as it comes */
  async #forward(body: AsyncIterable<Buffer>, isUntouched: boolean): Promise<Answer> {
    const { hostname, port, agent } = this.#route;
    const { method, path, headers } = requestHead(this.#incoming);
    const upstream = request({ hostname, port, agent, method, path, headers: [...headers] });
    this.#upstream = upstream;
    upstream.on('continue', () => void this.#ending(this.#continue()));
    const answer = new Promise<Answer>((resolve, reject) => {
      upstream.once('response', (response) => {
        resolve(answerOf(response, method));
      });
      upstream.on('error', reject);
    });
    upstream.flushHeaders();
    this.#sent = this.#ending(this.#send(upstream, isUntouched ? null : body));
    return held(answer, this.#end.signal);
  }

  /** @param body null where it is the client's, as it comes */
  async #send(upstream: ClientRequest, body: AsyncIterable<Buffer> | null): Promise<void> {
    const { signal } = this.#end;
    const count = (bytes: number): void => {
      this.#page.forwarded(bytes);
    };
    try {
      if (body === null) await pipe(this.#incoming, upstream, signal, count);
      else await pour(body, upstream, signal, count);
      // Where the server has closed early, the rest is for nobody, but the client wants to be rid of it.
      if (upstream.destroyed) this.#incoming.resume();
      else if (this.#incoming.complete) upstream.end();
    } catch (error) {
      if (!(error instanceof Truncation)) throw error;
      upstream.socket?.end();
      this.#incoming.resume();
    }
  }

  /** Where it fails, the whole request ends. */
  async #ending(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.end(this.#endingFor(error));
    }
  }

  async #continue(): Promise<void> {
    await this.#lines.cross();
    if (!this.#outgoing.headersSent) this.#outgoing.writeContinue();
  }

  async #deliver(answer: Answer): Promise<void> {
    const stages = answerStages(this.#faults, answer.bodyBytes);
    if (answer.body === null) await strikeBodiless(stages);
    if (this.#faults.find('trickle') !== undefined) {
      await this.#trickle(answer);
      return;
    }
    const body = answer.body === null ? null : this.#lines.carry('down', answer.body);
    await this.#lines.cross();
    const outgoing = this.#outgoing;
    outgoing.sendDate = false;
    outgoing.writeHead(answer.status, answer.reason, [...answer.headers]);
    if (body !== null) {
      outgoing.flushHeaders();
      const changed = stages.reduce((chunks, stage) => stage(chunks), body);
      await pour(changed, outgoing, this.#end.signal);
    }
    const finished = eventOf(outgoing, ['finish'], this.#end.signal);
    outgoing.end();
    await finished;
  }

  async #trickle(answer: Answer): Promise<void> {
    const { everyMs, bytes = 1 } = this.#faults.find('trickle') ?? { everyMs: 0 };
    const { socket } = this.#incoming;
    const whole = await serialised(answer);
    // Below the response object, because that can only send a head in one piece.
    for (let at = 0; at < whole.length; at += bytes) {
      await this.#route.clock.sleep(everyMs, this.#end.signal);
      socket.write(whole.subarray(at, at + bytes));
    }
    socket.destroySoon();
  }

  async #delay(way: Way): Promise<void> {
    const delay = this.#faults.find('delay', way);
    if (delay === undefined) return;
    if ('until' in delay) await held(delay.until, this.#end.signal);
    else await this.#route.clock.sleep(delay.ms, this.#end.signal);
  }

  /** @throws the error itself where it is no way for a connection to end but a mistake in here */
  #endingFor(error: unknown): Ending {
    const { signal } = this.#end;
    if (signal.reason instanceof Ending) return signal.reason;
    if (error instanceof Ending) return error;
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (this.#incoming.socket.destroyed) return new Ending('client gone', 'FIN');
    return new Ending('server gone', error.code === 'ECONNRESET' ? 'RST' : 'FIN');
  }
}

/** The head as the client sent it, Host included: the signature covers it. */
function requestHead(incoming: IncomingMessage) {
  const { method = 'GET', url: path = '/', rawHeaders } = incoming;
  // Without a length Node would announce a chunked body, which the client did not.
  const mayHaveBody = method === 'PUT' || method === 'POST';
  const framing = mayHaveBody && !isBodyAnnounced(incoming) ? ['Content-Length', '0'] : [];
  return { method, path, headers: [...rawHeaders, ...framing] };
}

function isBodyAnnounced({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function expectsContinue({ headers }: IncomingMessage): boolean {
  return headers.expect?.toLowerCase() === '100-continue';
}
