import type { TransferPlan } from '../../shared/transfer-state.ts';
import { partRange, type PartRange } from './part-plan.ts';
import type { PartTag } from './ports.ts';

/** What is known of a part that arrived. */
export interface ArrivedPart {
  readonly etag: string;
  /** MD5 of the bytes that were sent, in base64. */
  readonly md5: string;
}

/** Hands out the parts that are missing, each once, and keeps what is known of those that arrived. */
export class PartQueue {
  readonly #plan: TransferPlan;
  readonly #arrived = new Map<number, ArrivedPart>();
  readonly #returned: number[] = [];
  #next = 1;

  constructor(plan: TransferPlan) {
    this.#plan = plan;
  }

  take(): PartRange | null {
    const returned = this.#returned.shift();
    if (returned !== undefined) return partRange(this.#plan, returned);
    while (this.#arrived.has(this.#next)) this.#next++;
    return this.#next <= this.#plan.partCount ? partRange(this.#plan, this.#next++) : null;
  }

  /** The part was not sent: it is handed out again. */
  giveBack(part: PartRange): void {
    this.#returned.push(part.partNumber);
  }

  arrived(partNumber: number, part: ArrivedPart): void {
    this.#arrived.set(partNumber, part);
  }

  /** The parts that arrived, in the ascending order that CompleteMultipartUpload demands. */
  tags(): PartTag[] {
    return this.#sorted().map(([partNumber, { etag }]) => ({ partNumber, etag }));
  }

  /** What was sent of each part that arrived. */
  *sent(): Generator<{ readonly range: PartRange; readonly md5: string }> {
    for (const [partNumber, { md5 }] of this.#sorted())
      yield { range: partRange(this.#plan, partNumber), md5 };
  }

  #sorted(): [number, ArrivedPart][] {
    return [...this.#arrived].sort(([a], [b]) => a - b);
  }
}
