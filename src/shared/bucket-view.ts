import { z } from 'zod';

/** What the window is shown of a bucket's contents, and what it may ask of them. Moments in milliseconds since 1970. */

const moment = z.number().int().nonnegative();
const bytes = z.number().int().nonnegative();
/** Where a page ends, in the server's own words. */
const mark = z.string().min(1).max(8_192);
/** S3 takes keys of 1024 bytes; some servers take more. */
const key = z.string().min(1).max(1_024);
const prefix = z.string().max(1_024);

/** A bucket's name, or the ARN of an access point in its place. */
export const bucketName = z.string().min(1).max(255);

/** A folder in a bucket, as people see it: the beginning that its keys have in common. */
export const dropPlace = z.strictObject({ bucket: bucketName, prefix });

export const pageAsked = z.strictObject({
  bucket: bucketName,
  /** Ends with a slash, or within a name that is searched for by its beginning. */
  prefix,
  /** `next` of the page before. */
  after: mark.nullable(),
  limit: z.number().int().min(1).max(1_000),
});

export const bucketObject = z.strictObject({
  key: z.string(),
  /** What follows the folder's own name. */
  name: z.string(),
  size: bytes,
  lastModified: moment,
  storageClass: z.string(),
  archived: z.boolean(),
});

export const bucketPage = z.strictObject({
  prefixes: z.array(z.string()),
  objects: z.array(bucketObject),
  next: z.string().nullable(),
});

export const versionsAsked = z.strictObject({ bucket: bucketName, key, after: mark.nullable() });

export const objectVersion = z.strictObject({
  versionId: z.string(),
  isLatest: z.boolean(),
  lastModified: moment,
  isDeleteMarker: z.boolean(),
  size: bytes,
  storageClass: z.string(),
  archived: z.boolean(),
});

export const versionsPage = z.strictObject({
  versions: z.array(objectVersion),
  next: z.string().nullable(),
});

/** What the answer to a link is to say instead of what is stored; null leaves it as it is. */
export const answerWishes = z.strictObject({
  downloadAs: z.string().min(1).max(255).nullable(),
  inline: z.boolean(),
  contentType: z.string().min(1).max(255).nullable(),
  cacheControl: z.string().min(1).max(255).nullable(),
});

/** An object, or one version of it. */
export const objectAsked = z.strictObject({
  bucket: bucketName,
  key,
  /** Null for whatever is the newest when the link is opened. */
  versionId: z.string().min(1).max(1_024).nullable(),
});

export const linkTarget = objectAsked.extend({ wishes: answerWishes });

export type DropPlace = Readonly<z.infer<typeof dropPlace>>;
export type PageAsked = Readonly<z.infer<typeof pageAsked>>;
export type BucketObjectView = Readonly<z.infer<typeof bucketObject>>;
export type BucketPage = Readonly<z.infer<typeof bucketPage>>;
export type ObjectVersionView = Readonly<z.infer<typeof objectVersion>>;
export type VersionsPageView = Readonly<z.infer<typeof versionsPage>>;
export type AnswerWishes = Readonly<z.infer<typeof answerWishes>>;
export type ObjectAsked = Readonly<z.infer<typeof objectAsked>>;
export type LinkTarget = Readonly<z.infer<typeof linkTarget>>;
