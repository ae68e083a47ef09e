import type { Failure, LifeChoice, ShareRow } from '../../shared/board.ts';
import type { ObjectDescription } from '../../shared/object-description.ts';

/** How files are shared that were dropped together. */
export interface StartOptions {
  readonly life: LifeChoice;
  readonly keyTemplate: string;
  readonly prefix?: string | undefined;
  /** Sends what is just being sent once more. */
  readonly again?: boolean;
  /** Tags and metadata, held to S3's rules by `checkedDescription`. */
  readonly description?: ObjectDescription | undefined;
  /** Deletes the object when its link has ended. */
  readonly goneAtEnd?: boolean;
}

/** What became of one of them. */
export type Started =
  | { readonly kind: 'started'; readonly row: ShareRow }
  /** The very file is being sent already; its link is on the clipboard again. */
  | { readonly kind: 'running'; readonly row: ShareRow }
  | { readonly kind: 'refused'; readonly name: string; readonly failure: Failure };
