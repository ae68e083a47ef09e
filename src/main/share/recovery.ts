import { asSandglassError } from '../../shared/errors.ts';
import type { TransferFailure } from '../../shared/transfer-state.ts';
import type { Patience, Recovery } from '../upload/ports.ts';
import { aftermathOf } from '../upload/retry-policy.ts';

/** How long is waited between two looks, in milliseconds: longer each time. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Who has gone on for so many milliseconds has really recovered. */
const STEADY_AFTER_MS = 60_000;

/** Tells uploads that wait to look now: the network has changed, the computer has woken, a person is back. */
export class Nudge {
  readonly #waiting = new Set<() => void>();
  #count = 0;

  /** How often there was one: who was just looking is to look again. */
  get count(): number {
    return this.#count;
  }

  /** Ends every wait. */
  now(): void {
    this.#count++;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Calls back at the next nudge; the function it gives ends that. */
  next(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}

export interface RecoveryPorts {
  readonly patience: Pick<Patience, 'sleep'>;
  readonly nudge: Nudge;
  /** A clock in milliseconds that never runs backwards. */
  readonly now: () => number;
  /** How long is waited for what failed in this way, in milliseconds: a person may come back, a script may not. */
  readonly waitsFor: (failure: TransferFailure) => number;
}

/** What an upload can look at to see whether it may go on. */
export interface Outlook {
  /** Asks the server for anything; any answer shows that there is one. */
  askServer(): Promise<unknown>;
  /** Fetches the credentials anew. */
  renewCredentials(): Promise<unknown>;
  /** Opens the file again. */
  reopenFile(): Promise<void>;
}

/** Looks from time to time whether what an upload cannot go on without is there again. */
export class PatientRecovery implements Recovery {
  readonly #ports: RecoveryPorts;
  readonly #outlook: Outlook;

  #code: string | null = null;
  #pause = FIRST_WAIT_MS;
  #left = 0;
  #seen = 0;
  #recoveredAt = -Infinity;

  constructor(ports: RecoveryPorts, outlook: Outlook) {
    this.#ports = ports;
    this.#outlook = outlook;
  }

  async recovered(failure: TransferFailure, signal: AbortSignal): Promise<boolean> {
    this.#rest(failure);
    while (this.#left > 0) {
      await this.#wait(Math.min(this.#pause, this.#left), signal);
      this.#left -= this.#pause;
      this.#pause = Math.min(2 * this.#pause, LONGEST_WAIT_MS);
      this.#seen = this.#ports.nudge.count;
      if (await this.#mayGoOn(failure)) {
        this.#recoveredAt = this.#ports.now();
        return true;
      }
    }
    return false;
  }

  /** Who fails again as soon as it has gone on has not recovered: waits go on growing, and their sum is kept. */
  #rest(failure: TransferFailure): void {
    this.#seen = this.#ports.nudge.count;
    const isSame = failure.code === this.#code;
    this.#code = failure.code;
    if (isSame && this.#ports.now() - this.#recoveredAt < STEADY_AFTER_MS) return;
    this.#pause = FIRST_WAIT_MS;
    this.#left = this.#ports.waitsFor(failure);
  }

  /** Where another failure than one that passes shows, the upload goes on to meet it. */
  async #mayGoOn({ code }: TransferFailure): Promise<boolean> {
    try {
      if (code === 'file-missing' || code === 'file-unreadable') await this.#outlook.reopenFile();
      else if (['credentials-expired', 'no-credentials', 'keychain-locked'].includes(code)) {
        await this.#outlook.renewCredentials();
        await this.#outlook.askServer();
      } else await this.#outlook.askServer();
      return true;
    } catch (error) {
      return aftermathOf(asSandglassError(error).code) !== 'wait';
    }
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    // It came while nobody was waiting for it.
    if (this.#ports.nudge.count !== this.#seen) return;
    const nudged = new AbortController();
    const forget = this.#ports.nudge.next(() => {
      nudged.abort();
    });
    try {
      await this.#ports.patience.sleep(ms, AbortSignal.any([signal, nudged.signal]));
    } catch (error) {
      if (!nudged.signal.aborted || signal.aborted) throw error;
    } finally {
      forget();
    }
  }
}
