import { Notification } from 'electron';
import type { Failure, ShareRow } from '../../shared/board.ts';
import { shellWords } from '../../shared/words/shell.ts';

/** Tells that an upload has ended, also where nobody looks at the window. A click on a good one copies its link. */
export class Notices {
  readonly #copy: (id: string) => void;
  readonly #open: () => void;
  /** Held until they are clicked or closed: one that is collected as garbage answers no click. */
  readonly #shown = new Set<Notification>();

  constructor(copy: (id: string) => void, open: () => void) {
    this.#copy = copy;
    this.#open = open;
  }

  ended(row: ShareRow): void {
    const { notification: words } = shellWords;
    const { standing } = row;
    if (standing.kind === 'live' && standing.probe.kind !== 'dead') {
      this.#show(words.uploaded(row.name), words.uploadedBody, () => {
        this.#copy(row.id);
      });
    } else if (standing.kind === 'failed' || standing.kind === 'live') {
      const failure = standing.kind === 'failed' ? standing.failure : deadFailure(standing);
      this.#show(words.failed(row.name), failure?.message ?? '', this.#open);
    }
  }

  /** A file that was handed to the app from outside could not be shared. */
  refused({ name, failure }: { readonly name: string; readonly failure: Failure }): void {
    this.#show(shellWords.notification.failed(name), failure.message, this.#open);
  }

  #show(title: string, body: string, clicked: () => void): void {
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

function deadFailure(standing: Extract<ShareRow['standing'], { kind: 'live' }>) {
  return standing.probe.kind === 'dead' ? standing.probe.failure : null;
}
