import { z } from 'zod';

/** S3 answers 400 to what ISO-8859-1 cannot hold; ASCII is what every server takes. */
const headerText = z
  .string()
  .min(1)
  .max(1_024)
  .regex(/^[\x20-\x7e]+$/);

/**
 * Headers that a link itself chooses for its answer, whatever is stored with the object. They are part of what is
 * signed, so nobody who has the link can change them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
export const linkOverrides = z.strictObject({
  contentDisposition: headerText.optional(),
  contentType: headerText.optional(),
  cacheControl: headerText.optional(),
  contentLanguage: headerText.optional(),
  contentEncoding: headerText.optional(),
  /** The Expires header, in milliseconds since 1970: until when a cache may keep the object. */
  cachedUntil: z.number().int().nonnegative().optional(),
});

export type LinkOverrides = Readonly<z.infer<typeof linkOverrides>>;
