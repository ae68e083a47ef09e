import type { Fault, FaultScript, Occasion } from '../servers/fault-proxy/proxy.ts';
import type { Random } from './random.ts';

const NEVER = new Promise(() => undefined);

/** What may go wrong with a request that carries bytes of the file. */
function bodyFault(random: Random, { bodyBytes }: Occasion, silences: boolean): Fault | readonly Fault[] {
  const somewhere = random.whole(0, Math.max(0, bodyBytes ?? 0));
  return random.pick<() => Fault | readonly Fault[]>([
    () => ({ kind: 'reset', way: 'request', afterBodyBytes: somewhere }),
    () => ({ kind: 'truncate', way: 'request', afterBodyBytes: somewhere }),
    () => ({ kind: 'reset', way: 'answer' }),
    () => ({ kind: 'truncate', way: 'answer', afterBodyBytes: 0 }),
    () => ({ kind: 'swallow' }),
    () => ({ kind: 'flip', atByte: somewhere }),
    () => said(random.pick([500, 503]), random.pick(['InternalError', 'SlowDown', 'ServiceUnavailable'])),
    () => said(400, 'RequestTimeout'),
    () => said(403, 'RequestTimeTooSkewed'),
    () => ({ kind: 'answer', status: 502, body: '<html>Bad gateway</html>', drained: random.chance(0.5) }),
    () => ({ kind: 'rewrite', remove: ['ETag'] }),
    () => ({ kind: 'rewrite', set: { ETag: `"${'0'.repeat(32)}"` } }),
    () => ({ kind: 'delay', way: random.pick(['request', 'answer']), ms: random.whole(1, 150) }),
    () => [{ kind: 'delay', way: 'answer', ms: random.whole(1, 50) }, { kind: 'swallow' }],
    () => (silences ? { kind: 'stall', afterBodyBytes: somewhere } : { kind: 'swallow' }),
    () => (silences ? { kind: 'delay', way: 'answer', until: NEVER } : { kind: 'swallow' }),
  ])();
}

/** What may go wrong with any other request. */
function questionFault(random: Random, { operation }: Occasion): Fault {
  const usual = [
    () => ({ kind: 'reset', way: 'request' }),
    () => ({ kind: 'reset', way: 'answer', afterBodyBytes: random.whole(0, 40) }),
    () => ({ kind: 'truncate', way: 'answer', afterBodyBytes: random.whole(0, 40) }),
    () => ({ kind: 'swallow' }),
    () => said(503, 'SlowDown'),
    () => said(500, 'InternalError'),
    () => ({ kind: 'delay', way: 'answer', ms: random.whole(1, 150) }),
  ] as const satisfies readonly (() => Fault)[];
  if (operation !== 'complete') return random.pick<() => Fault>(usual)();
  return random.pick<() => Fault>([
    ...usual,
    () => said(200, 'InternalError'),
    () => ({ kind: 'answer', status: 200 }),
    () => ({ kind: 'rewrite', body: '' }),
  ])();
}

function said(status: number, code: string): Fault {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>As chance would have it.</Message></Error>`;
  return { kind: 'answer', status, headers: { 'Content-Type': 'application/xml' }, body };
}

export interface TroubleOptions {
  /** How many faults strike at the most, one after another, so that every upload can end. */
  readonly faults: number;
  /** How likely each request is struck, until there are no more. */
  readonly likelihood: number;
  /** Whether bodies and answers may stop for good: where somebody waits a minute for them, a run takes too long. */
  readonly silences: boolean;
}

/** Faults by chance, and what they were. */
export function trouble(random: Random, { faults, likelihood, silences }: TroubleOptions) {
  const struck: string[] = [];
  const script: FaultScript = (occasion) => {
    const { operation, partNumber } = occasion;
    if (struck.length >= faults || operation === 'bucket' || !random.chance(likelihood)) return null;
    const carriesBytes = operation === 'part' || operation === 'put';
    const fault = carriesBytes ? bodyFault(random, occasion, silences) : questionFault(random, occasion);
    struck.push(`${operation}${partNumber === null ? '' : ` ${partNumber}`}: ${described(fault)}`);
    return fault;
  };
  return { script, struck };
}

function described(fault: Fault | readonly Fault[]): string {
  return JSON.stringify(fault, (name, value: unknown) => (name === 'body' ? undefined : value));
}
