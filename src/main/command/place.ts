import { SandglassError } from '../../shared/errors.ts';
import { accessPointAt } from '../signing/access-point.ts';

/** An object in a bucket, or behind an access point. */
export interface Place {
  /** A bucket's name, or the ARN of an access point. */
  readonly bucket: string;
  readonly key: string;
}

/**
 * Where a key begins behind an ARN. Within the ARN itself a slash may stand for a colon, and one slash after it (with
 * an Outpost, one colon too) belongs to neither; all else is the key, as `aws s3 presign` reads it. So the `object/`
 * that the ARNs of policies have in between is taken for the key's beginning.
 */
const ACCESS_POINT = /^(arn:aws[^/:]*:s3:[a-z0-9-]*:\d{12}:accesspoint[:/][^/]+)\/?(.*)$/s;
const OUTPOST =
  /^(arn:aws[^/:]*:s3-outposts:[a-z0-9-]+:\d{12}:outpost[/:][a-zA-Z0-9-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9-]{1,63})[/:]?(.*)$/s;
const ANY_OTHER = /^([^/]+)\/(.*)$/s;

/**
 * The object that an S3 URI names: `s3://bucket/key`, or an access point's ARN in the bucket's place.
 * https://docs.aws.amazon.com/cli/latest/reference/s3/#path-argument-type
 * @throws SandglassError bad-usage
 */
export function parsePlace(uri: string): Place {
  const path = /^s3:\/\/(.*)$/s.exec(uri)?.[1] ?? '';
  const behindArn = ACCESS_POINT.exec(path) ?? OUTPOST.exec(path);
  // Whatever else an ARN names is refused for what it is, not as a bucket with a strange name.
  if (behindArn === null && path.startsWith('arn:')) accessPointAt(path);
  const [, bucket = '', key = ''] = behindArn ?? ANY_OTHER.exec(path) ?? [];
  if (bucket !== '' && key !== '') return { bucket: checkedBucket(bucket), key };
  throw new SandglassError('bad-usage', 'That names no object.', {
    next: 'Write s3://bucket/key, or s3://arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/key.',
  });
}

/**
 * What can be no bucket at all is refused before a request is made of it; what S3 calls a bad name, S3 refuses.
 * @throws SandglassError bad-usage
 */
export function checkedBucket(bucket: string): string {
  // An access point's ARN has slashes, and is checked all the more closely.
  if (accessPointAt(bucket) !== null || /^[^\s/?#\p{Cc}]{1,255}$/u.test(bucket)) return bucket;
  throw new SandglassError('bad-usage', 'That is no name of a bucket.', { next: 'Name one with --bucket.' });
}
