import { SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import { checkMediaType } from './link-overrides.ts';

/** What a person who invites somebody else to upload may choose. */
export interface InvitationWishes {
  /** How long the invitation lives. */
  readonly life: RequestedLife;
  /** How long a link to what has arrived lives. */
  readonly linkLife: RequestedLife;
  readonly contentType?: string | undefined;
}

export interface PutWishes extends InvitationWishes {
  /** Lets the uploader replace an object that is there, or one that they have uploaded before. */
  readonly overwrite?: boolean | undefined;
}

export interface FormWishes extends InvitationWishes {
  /** Bytes. */
  readonly minBytes?: number | undefined;
  readonly maxBytes?: number | undefined;
}

/** The largest object that one PUT or one POST makes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
export const MAX_SINGLE_UPLOAD_BYTES = 5 * 1024 ** 3;
/** S3's limit on a key, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1_024;

/** @throws SandglassError bad-usage for what no uploader could send */
export function checkPutWishes(key: string, { contentType }: PutWishes): void {
  if (key.endsWith('/')) {
    throw bad(
      'That names a folder, and a link uploads one object.',
      'Name the object, or make a form for the folder.',
      'That is: --form.',
    );
  }
  checkKey(key);
  if (contentType?.endsWith('/*')) {
    const what = 'A link takes one content type, not all of a kind.';
    throw bad(what, 'Name it, or make a form.', 'That is: --form.');
  }
  if (contentType !== undefined) checkMediaType(contentType);
}

/** The limits of a form, all of them told. @throws SandglassError bad-usage */
export function formLimits(folder: string, { contentType, minBytes = 0, maxBytes }: FormWishes) {
  // Room for the name of the file.
  checkKey(`${folder}x`, MAX_KEY_BYTES - 255);
  const largest = maxBytes ?? MAX_SINGLE_UPLOAD_BYTES;
  const whole = [minBytes, largest].every((bytes) => Number.isSafeInteger(bytes) && bytes >= 0);
  if (!whole || largest > MAX_SINGLE_UPLOAD_BYTES || largest < 1) {
    const largestOfAll = 'Choose a largest size of up to 5 GiB.';
    throw bad('A form takes files of 1 byte to 5 GiB.', largestOfAll, 'As in --max-size 100M.');
  }
  if (minBytes > largest) {
    throw bad('The smallest size is larger than the largest.', 'Turn the two round.');
  }
  if (contentType !== undefined && !/^[a-z]+\/\*$/.test(contentType)) checkMediaType(contentType);
  return { folder, contentType: contentType ?? null, minBytes, maxBytes: largest };
}

/** Browsers and HTTP clients, curl among them, resolve dot segments: the upload would go elsewhere. */
function checkKey(key: string, room = MAX_KEY_BYTES): void {
  if (new TextEncoder().encode(key).length > room)
    throw bad('That key is too long.', 'Choose a shorter one.');
  if (key.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')) return;
  throw bad('That key has an empty piece, or one of dots alone, between its slashes.', 'Choose another.');
}

/** @param command what to write, where it is the command that was used */
function bad(message: string, next: string, command?: string): SandglassError {
  return new SandglassError('bad-usage', message, { next, ...(command === undefined ? {} : { command }) });
}
