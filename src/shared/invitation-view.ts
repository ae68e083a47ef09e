import { z } from 'zod';
import { failure, life, shareId, shareRow } from './board.ts';
import { dropPlace } from './bucket-view.ts';

/** What the window may ask of invitations to upload, and what it is shown of them. */

const bytes = z.number().int().nonnegative();

const asked = {
  /** The bucket and the folder in it; null for where drops go. */
  place: dropPlace.nullable(),
  /** Null for whatever comes. */
  contentType: z.string().min(1).max(255).nullable(),
  /** How long the invitation lives. */
  life,
  /** How long a link to what has arrived lives. */
  linkLife: life,
};

export const linkInvitation = z.strictObject({
  ...asked,
  /** What follows the folder: a name, or folders and a name. */
  name: z.string().min(1).max(1_024),
  /** Lets the upload replace an object that is there. */
  overwrite: z.boolean(),
});

export const formInvitation = z.strictObject({
  ...asked,
  /** Folders below the place, or none; the form's own folder goes into them. */
  folder: z.string().max(1_024),
  minBytes: bytes,
  /** Null for as much as S3 takes at once. */
  maxBytes: bytes.nullable(),
});

/**
 * An invitation that is ready to be passed on. With its line anybody may upload until the invitation ends: it is shown,
 * for that is what it is made for, and neither side keeps it.
 */
export const readyInvitation = z.strictObject({
  row: shareRow,
  /** For a shell of POSIX's kind, whole. */
  curl: z.string().max(65_536),
  /** Why nobody could look whether the key is free; null where that is known. */
  unchecked: failure.nullable(),
});

/** The address, which of a form is of no use alone, or the line that holds everything. */
export const invitationText = z.strictObject({ id: shareId, what: z.enum(['address', 'line']) });

export const pageAnswer = z.strictObject({ saved: z.boolean() });

/** One invitation, at once, whose failure is told; or null for all whose turn may have come. */
export const arrivalsAsked = z.strictObject({ id: shareId.nullable() });

/** How many are new. */
export const arrivalsFound = z.strictObject({ arrived: z.number().int().nonnegative() });

export type LinkInvitationAsked = Readonly<z.infer<typeof linkInvitation>>;
export type FormInvitationAsked = Readonly<z.infer<typeof formInvitation>>;
export type ReadyInvitation = Readonly<z.infer<typeof readyInvitation>>;
