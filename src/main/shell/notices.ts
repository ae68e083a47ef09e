import { Notification } from 'electron';
import type { Failure, ShareRow } from '../../shared/board.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import type { Later } from '../board/push-throttle.ts';

export interface NoticeActions {
  readonly copy: (id: string) => void;
  /** Opens the window. */
  readonly open: () => void;
}

/** A file that could not be shared, and why. */
interface Refusal {
  readonly name: string;
  readonly why: string;
}

/** So long after the last of several ends they are told of together, in milliseconds. */
const QUIET_MS = 1_000;

/**
 * Tells that uploads have ended, also where nobody looks at the window. A click on a good one copies its link. Those
 * that end one upon the other are told of in one notice.
 */
export class Notices {
  readonly #actions: NoticeActions;
  readonly #later: Later;
  /** Held until they are clicked or closed: one that is collected as garbage answers no click. */
  readonly #shown = new Set<Notification>();
  #uploaded: ShareRow[] = [];
  #refused: Refusal[] = [];
  #callOff = () => {
    // Nothing is gathered yet.
  };

  constructor(actions: NoticeActions, later: Later) {
    this.#actions = actions;
    this.#later = later;
  }

  ended(row: ShareRow): void {
    const { standing } = row;
    if (standing.kind === 'live' && standing.probe.kind !== 'dead') this.#uploaded.push(row);
    else if (standing.kind === 'failed') this.#refuse(row.name, standing.failure);
    else if (standing.kind === 'live' && standing.probe.kind === 'dead') {
      this.#refuse(row.name, standing.probe.failure);
    } else return;
    this.#gather();
  }

  /** What somebody else was invited to upload is there. */
  arrived(rows: readonly ShareRow[]): void {
    const { arrived, arrivedBody, manyArrived, manyArrivedBody } = shellWords.notification;
    const [row] = rows;
    if (row && rows.length === 1) {
      this.#show(arrived(row.name), arrivedBody, () => {
        this.#actions.copy(row.id);
      });
    } else if (row) this.#show(manyArrived(rows.length), manyArrivedBody, this.#actions.open);
  }

  /** A file that was handed to the app from outside could not be shared. */
  refused({ name, failure }: { readonly name: string; readonly failure: Failure }): void {
    this.#refuse(name, failure);
    this.#gather();
  }

  /** What was asked for in the tray or by a notice is done, though no window shows it. */
  copied(name: string): void {
    const { copied, copiedBody } = shellWords.notification;
    this.#show(copied, copiedBody(name));
  }

  diagnosticsCopied(): void {
    const { diagnosticsCopied, diagnosticsCopiedBody } = shellWords.notification;
    this.#show(diagnosticsCopied, diagnosticsCopiedBody);
  }

  notCopied({ message }: Failure): void {
    this.#show(shellWords.notification.notCopied, message, this.#actions.open);
  }

  /** Links that were made without the window live otherwise than was chosen last. */
  momentPassed(): void {
    const { momentPassed, momentPassedBody } = shellWords.notification;
    this.#show(momentPassed, momentPassedBody, this.#actions.open);
  }

  shortcutTaken(keys: string): void {
    const { shortcutTaken, shortcutTakenBody } = shellWords.notification;
    this.#show(shortcutTaken, shortcutTakenBody(keys), this.#actions.open);
  }

  #refuse(name: string, failure: Failure | null): void {
    this.#refused.push({ name, why: failure?.message ?? '' });
  }

  #gather(): void {
    this.#callOff();
    this.#callOff = this.#later(QUIET_MS, () => {
      this.#tell();
    });
  }

  #tell(): void {
    const [uploaded, refused] = [this.#uploaded, this.#refused];
    [this.#uploaded, this.#refused] = [[], []];
    const { notification: words } = shellWords;
    const { copy, open } = this.#actions;
    const [row] = uploaded;
    if (row && uploaded.length === 1) {
      this.#show(words.uploaded(row.name), words.uploadedBody, () => {
        copy(row.id);
      });
    } else if (row) this.#show(words.manyUploaded(uploaded.length), words.manyUploadedBody, open);
    const [first] = refused;
    if (first && refused.length === 1) this.#show(words.failed(first.name), first.why, open);
    else if (first) {
      this.#show(words.manyFailed(refused.length), words.manyFailedBody(first.name, first.why), open);
    }
  }

  #show(title: string, body: string, clicked = () => undefined as unknown): void {
    if (!Notification.isSupported()) return;
    const notice = new Notification({ title, body, silent: true });
    this.#shown.add(notice);
    notice.on('click', () => {
      this.#shown.delete(notice);
      clicked();
    });
    notice.on('close', () => this.#shown.delete(notice));
    notice.show();
  }
}
