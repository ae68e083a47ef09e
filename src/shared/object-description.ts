import { z } from 'zod';
import { SandglassError } from './errors.ts';

/** What is stored with an object beside its bytes, its name and its type. */
export const objectDescription = z.strictObject({
  tags: z.record(z.string(), z.string()).optional(),
  /** User-defined metadata; names in lower case, without `x-amz-meta-`. */
  metadata: z.record(z.string(), z.string()).optional(),
  cacheControl: z.string().optional(),
});

export type ObjectDescription = Readonly<z.infer<typeof objectDescription>>;

/** Lengths are in UTF-16, as S3 counts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MAX_TAGS = 10;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;
const TAG_TEXT = /^[\p{L}\p{N}\p{Zs}+\-=._:/@]*$/u;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const MAX_METADATA_BYTES = 2_048;
/** What Sandglass's own mark takes of it: the name `sandglass-upload`, and 32 hex digits. */
const MARK_NAME = 'sandglass-upload';
const MARK_BYTES = MARK_NAME.length + 32;
/** A token of HTTP. https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const ASCII = /^[\x20-\x7e]*$/;
const ENCODED_WORD = /=\?[^?]*\?[BQ]\?[^?]*\?=/i;

/** Pairs as they were typed. */
export interface TypedDescription {
  readonly tags?: readonly (readonly [name: string, value: string])[];
  readonly metadata?: readonly (readonly [name: string, value: string])[];
  readonly cacheControl?: string | undefined;
}

/**
 * Holds tags, metadata and cache control to S3's rules before anything is sent.
 * @throws SandglassError bad-usage
 */
export function checkedDescription({
  tags = [],
  metadata = [],
  cacheControl,
}: TypedDescription): ObjectDescription {
  if (tags.length > MAX_TAGS) throw bad(`An object has ${MAX_TAGS} tags at the most.`, 'Leave some out.');
  tags.forEach(checkTag);
  const lowered = metadata.map(([name, value]) => [name.toLowerCase(), value] as const);
  lowered.forEach(checkMetadata);
  const size = lowered.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > MAX_METADATA_BYTES - MARK_BYTES) {
    throw bad(
      `The metadata takes ${size} bytes; ${MAX_METADATA_BYTES - MARK_BYTES} are left beside Sandglass’s own.`,
      'Shorten it: names and values count.',
    );
  }
  if (cacheControl !== undefined) checkCacheControl(cacheControl);
  return {
    ...(tags.length > 0 ? { tags: unique(tags, 'tag') } : {}),
    ...(lowered.length > 0 ? { metadata: unique(lowered, 'metadata name') } : {}),
    ...(cacheControl === undefined ? {} : { cacheControl }),
  };
}

/** A header's value such as `public, max-age=3600`. @throws SandglassError bad-usage */
export function checkCacheControl(value: string): void {
  if (value.trim() !== '' && value.length <= 1_024 && ASCII.test(value)) return;
  throw bad('That is no Cache-Control.', 'Write it as private, no-store or public, max-age=3600.');
}

function checkTag([name, value]: readonly [string, string]): void {
  const shown = `The tag “${name}”`;
  if (name === '') throw bad('A tag has a name.', 'Write --tag name=value.');
  if (name.length > MAX_TAG_KEY)
    throw bad(`A tag’s name has ${MAX_TAG_KEY} characters at the most.`, 'Shorten it.');
  if (value.length > MAX_TAG_VALUE)
    throw bad(`${shown} has a value of more than ${MAX_TAG_VALUE} characters.`, 'Shorten it.');
  if (!TAG_TEXT.test(name) || !TAG_TEXT.test(value))
    throw bad(
      `${shown} has characters that S3 does not take.`,
      'Use letters, digits, spaces and + - = . _ : / @.',
    );
  if (/^aws:/i.test(name))
    throw bad(`${shown} begins with “aws:”, which is AWS’s own.`, 'Choose another name.');
}

function checkMetadata([name, value]: readonly [string, string]): void {
  const shown = `The metadata “${name}”`;
  if (!TOKEN.test(name))
    throw bad(`${shown} has a name that no header can have.`, 'Use letters, digits, - and _.');
  if (name === MARK_NAME) throw bad(`${shown} is Sandglass’s own.`, 'Choose another name.');
  // Outside of ASCII S3 would give it back in mail's encoding (RFC 2047), and other servers in theirs.
  if (!ASCII.test(value))
    throw bad(
      `${shown} has characters outside of ASCII, which would not come back as they are.`,
      'Use plain letters, digits and signs, or a tag.',
    );
  if (ENCODED_WORD.test(value))
    throw bad(
      `${shown} is in the encoding of mail headers (RFC 2047), which S3 might take apart.`,
      'Write it in plain ASCII.',
    );
  if (value !== value.trim())
    throw bad(`${shown} begins or ends with a space, which is lost on the way.`, 'Leave it out.');
}

function unique(
  pairs: readonly (readonly [string, string])[],
  what: string,
): Readonly<Record<string, string>> {
  const twice = pairs.find(([name], at) => pairs.findIndex(([other]) => other === name) !== at);
  if (twice) throw bad(`The ${what} “${twice[0]}” is named twice.`, 'Name it once.');
  return Object.fromEntries(pairs);
}

function bad(message: string, next: string): SandglassError {
  return new SandglassError('bad-usage', message, { next });
}
