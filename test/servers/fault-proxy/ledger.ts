import type { FaultKind } from './fault.ts';
import type { Occasion, Operation } from './occasion.ts';

/** How a request ended, seen from the client. */
export type Outcome =
  /** It has a whole answer. */
  | 'answered'
  /** A fault cut it off. */
  | 'cut'
  /** It left before the answer. */
  | 'client gone'
  /** The server closed the connection, or was not there. */
  | 'server gone'
  /** The proxy went away. */
  | 'proxy gone';

/** A request in the log; `outcome` is null while it is under way. */
export interface Entry extends Occasion {
  readonly faults: readonly FaultKind[];
  /** The status that the client got; null where it got none. */
  readonly status: number | null;
  readonly outcome: Outcome | null;
  /** Bytes of its body that were forwarded to the server. */
  readonly forwardedBytes: number;
}

type Draft = { -readonly [Name in keyof Entry]: Entry[Name] };

/** One request on the books while it is under way. */
export interface Page {
  forwarded(bytes: number): void;
  ended(outcome: Outcome, status: number | null): void;
}

interface PartUnderWay {
  readonly entry: Entry;
  readonly isThere: () => boolean;
}

/** What went through the proxy, for tests to count. */
export class Ledger {
  readonly #log: Draft[] = [];
  readonly #parts = new Set<PartUnderWay>();
  readonly #doubled: Entry[] = [];
  readonly #underWay = new Map<Operation, number>();
  readonly #mostAtOnce = new Map<Operation, number>();
  #bytes = 0;
  #opened = 0;
  #open = 0;

  /** Every request in the order of arrival. */
  get log(): readonly Entry[] {
    return this.#log;
  }

  /** Parts that came while the same part of the same upload was under way, its client still there. */
  get doubledParts(): readonly Entry[] {
    return this.#doubled;
  }

  /** Connections from clients. */
  get connections(): { readonly opened: number; readonly open: number } {
    return { opened: this.#opened, open: this.#open };
  }

  /** Bytes of bodies that were forwarded to the server, over all requests. */
  get bytesForwarded(): number {
    return this.#bytes;
  }

  of(operation: Operation): readonly Entry[] {
    return this.#log.filter((entry) => entry.operation === operation);
  }

  requests(operation: Operation): number {
    return this.of(operation).length;
  }

  /** How many requests of an operation were under way at the same time, at most. */
  mostAtOnce(operation: Operation): number {
    return this.#mostAtOnce.get(operation) ?? 0;
  }

  /** Bytes forwarded by part number, over all attempts and uploads. */
  partBytes(): ReadonlyMap<number, number> {
    const bytes = new Map<number, number>();
    for (const { partNumber, forwardedBytes } of this.of('part')) {
      if (partNumber !== null) bytes.set(partNumber, (bytes.get(partNumber) ?? 0) + forwardedBytes);
    }
    return bytes;
  }

  connected(): void {
    this.#opened += 1;
    this.#open += 1;
  }

  disconnected(): void {
    this.#open -= 1;
  }

  /** @param isThere whether the client of this request still holds its connection */
  begin(occasion: Occasion, faults: readonly FaultKind[], isThere: () => boolean): Page {
    const entry: Draft = { ...occasion, faults, status: null, outcome: null, forwardedBytes: 0 };
    this.#log.push(entry);
    const leave = this.#enter({ entry, isThere });
    return {
      forwarded: (bytes) => {
        entry.forwardedBytes += bytes;
        this.#bytes += bytes;
      },
      ended: (outcome, status) => {
        Object.assign(entry, { outcome, status });
        leave();
      },
    };
  }

  #enter(part: PartUnderWay): () => void {
    const { operation } = part.entry;
    const now = (this.#underWay.get(operation) ?? 0) + 1;
    this.#underWay.set(operation, now);
    this.#mostAtOnce.set(operation, Math.max(this.mostAtOnce(operation), now));
    if (operation === 'part') {
      const twin = [...this.#parts].some(({ entry, isThere }) => isSamePart(entry, part.entry) && isThere());
      if (twin) this.#doubled.push(part.entry);
      this.#parts.add(part);
    }
    return () => {
      this.#parts.delete(part);
      this.#underWay.set(operation, (this.#underWay.get(operation) ?? 1) - 1);
    };
  }
}

function isSamePart(one: Entry, other: Entry): boolean {
  return one.path === other.path && one.uploadId === other.uploadId && one.partNumber === other.partNumber;
}
