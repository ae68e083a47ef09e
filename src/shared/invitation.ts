import { z } from 'zod';
import { life } from './board.ts';

const bytes = z.number().int().nonnegative();

/** What holds for both ways of inviting somebody to upload. */
const terms = {
  /** The type that the upload must have, `image/*` for any of a kind in a form; null for whatever comes. */
  contentType: z.string().min(1).max(255).nullable(),
  /** How long a link to what has arrived lives. */
  linkLife: life,
  /** When the last upload may be begun, in milliseconds since 1970 by the server's clock. */
  uploadEndsAt: z.number().int().nonnegative(),
};

/**
 * What lay under the key when an invitation to replace it was made: as long as that is still there, nothing has
 * arrived. `unseen` where nobody could look; absent where the key was free.
 */
const replaces = z.union([z.strictObject({ etag: z.string(), modifiedAt: z.number() }), z.literal('unseen')]);

/** Somebody else may upload: one object by PUT, or files into a folder of their own by a form. */
export const invitation = z.discriminatedUnion('way', [
  z.strictObject({
    way: z.literal('put'),
    ...terms,
    neverOverwrite: z.boolean(),
    replaces: replaces.optional(),
  }),
  z.strictObject({ way: z.literal('form'), ...terms, minBytes: bytes, maxBytes: bytes }),
]);

export type InvitationTerms = Readonly<z.infer<typeof invitation>>;
