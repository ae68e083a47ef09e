import { partRange, type PartRange } from './part-plan.ts';
import type { PartTag } from './ports.ts';
import type { TransferPlan } from '../../shared/transfer-state.ts';

/** Hands out the parts that are missing, each to one worker, and keeps the ETags of those that arrived. */
export class PartQueue {
  readonly #plan: TransferPlan;
  readonly #etags = new Map<number, string>();
  readonly #returned: number[] = [];
  #next = 1;

  constructor(plan: TransferPlan) {
    this.#plan = plan;
  }

  take(): PartRange | null {
    const partNumber = this.#returned.shift() ?? (this.#next <= this.#plan.partCount ? this.#next++ : null);
    return partNumber === null ? null : partRange(this.#plan, partNumber);
  }

  /** The part was not sent: the next worker gets it. */
  giveBack(part: PartRange): void {
    this.#returned.push(part.partNumber);
  }

  arrived(part: PartRange, etag: string): void {
    this.#etags.set(part.partNumber, etag);
  }

  /** The parts that arrived, in the ascending order that CompleteMultipartUpload demands. */
  tags(): PartTag[] {
    return [...this.#etags]
      .map(([partNumber, etag]) => ({ partNumber, etag }))
      .sort((a, b) => a.partNumber - b.partNumber);
  }
}
