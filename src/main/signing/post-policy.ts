import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createHmac } from 'node:crypto';
import { SandglassError } from '../../shared/errors.ts';
import { checkedSeconds } from '../../shared/expiry.ts';
import { accessPointAt } from './access-point.ts';
import type { SigningMoment } from './presigner.ts';

/** What may be uploaded by a form. */
export interface FormLimits {
  /** What every key begins with: a folder, with its slash. */
  readonly folder: string;
  /** `image/png`, or `image/*` for any of a kind; null for whatever comes. */
  readonly contentType: string | null;
  readonly minBytes: number;
  readonly maxBytes: number;
}

/** All that a form needs: the fields in the order in which they are sent, before the file. */
export interface SignedForm {
  /** Where the form goes to. It is no secret; the fields are. */
  readonly url: string;
  /** Bearer secrets together: whoever has them may upload within their limits. */
  readonly fields: Readonly<Record<string, string>>;
}

type Condition =
  | Readonly<Record<string, string>>
  | readonly ['starts-with', string, string]
  | readonly ['content-length-range', number, number];

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * Signs a POST policy; nothing is sent. S3 puts the file's own name where the key says `${filename}`.
 * AWS's own package for this can neither sign with a given date, by which a form is derived again, nor do without a
 * second copy of the whole S3 client.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @throws SandglassError bad-usage for an access point, expiry-invalid
 */
export async function signForm(
  client: S3Client,
  bucket: string,
  limits: FormLimits,
  moment: SigningMoment,
): Promise<SignedForm> {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html
  if (accessPointAt(bucket) !== null) {
    throw new SandglassError('bad-usage', 'An access point takes no uploads by a form.', {
      next: 'Name the bucket itself, or invite to upload one object by a link.',
    });
  }
  const seconds = checkedSeconds(moment.expiresInSeconds);
  const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
  const region = await client.config.region();
  const date = new Date(moment.signedAt).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const signed = {
    'x-amz-algorithm': ALGORITHM,
    'x-amz-credential': `${accessKeyId}/${day}/${region}/s3/aws4_request`,
    'x-amz-date': date,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
    // A page to look at: without it a browser stays on the form as if nothing had happened.
    success_action_status: '201',
  };
  const policy = policyOf(new Date(moment.signedAt + seconds * 1000), [
    { bucket },
    ['starts-with', '$key', limits.folder],
    ['content-length-range', limits.minBytes, limits.maxBytes],
    ...typeConditions(limits.contentType),
    ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
  ]);
  return {
    url: await addressOf(client, bucket),
    fields: {
      key: `${limits.folder}\${filename}`,
      ...(limits.contentType === null ? {} : { 'Content-Type': usualTypeOf(limits.contentType) }),
      ...signed,
      policy,
      'x-amz-signature': policySignature(policy, { secretAccessKey, day, region }),
    },
  };
}

/** What a field of a form holds where its limit is `image/*`: the uploader puts the whole type there. */
export function usualTypeOf(contentType: string): string {
  return contentType.replace(/\*$/, '');
}

/** The signature of a policy in base64, in lower-case hex. */
export function policySignature(
  policy: string,
  scope: { readonly secretAccessKey: string; readonly day: string; readonly region: string },
): string {
  const key = [scope.day, scope.region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, piece) => createHmac('sha256', secret).update(piece).digest(),
    `AWS4${scope.secretAccessKey}`,
  );
  return createHmac('sha256', key).update(policy).digest('hex');
}

function policyOf(end: Date, conditions: readonly Condition[]): string {
  return Buffer.from(JSON.stringify({ expiration: end.toISOString(), conditions })).toString('base64');
}

function typeConditions(contentType: string | null): Condition[] {
  if (contentType === null) return [];
  if (!contentType.endsWith('/*')) return [{ 'Content-Type': contentType }];
  return [['starts-with', '$Content-Type', usualTypeOf(contentType)]];
}

/** Where the SDK would send a request for the bucket itself. */
async function addressOf(client: S3Client, bucket: string): Promise<string> {
  const url = new URL(await getSignedUrl(client, new HeadBucketCommand({ Bucket: bucket })));
  return `${url.origin}${url.pathname}`;
}
