import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { ALGORITHM } from './canonical-request.ts';
import type { PostedForm } from './post-object.ts';
import { Refusal } from './refusals.ts';
import type { Identity } from './signature-check.ts';

const policySchema = z.strictObject({
  expiration: z.iso.datetime(),
  conditions: z.array(
    z.union([
      z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
      z.tuple([z.literal('content-length-range'), z.int().min(0), z.int().min(0)]),
      z.record(z.string(), z.string()),
    ]),
  ),
});
type Condition = z.infer<typeof policySchema>['conditions'][number];

/** Fields that no condition need name. */
const FREE: ReadonlySet<string> = new Set(['x-amz-signature', 'policy', 'file']);

/**
 * Lets a form pass whose policy the identity signed, while it lasts and as far as it goes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @param nowMs the server's clock in milliseconds
 * @throws Refusal as S3 would
 */
export function checkPolicy(form: PostedForm, bucket: string, identity: Identity, nowMs: number): void {
  const encoded = form.fields.get('policy');
  if (encoded === undefined) throw new Refusal('AccessDenied');
  checkSignature(form, encoded, identity);
  const { expiration, conditions } = policyIn(encoded);
  if (nowMs >= Date.parse(expiration)) throw against('Policy expired.');
  const named = new Set(conditions.flatMap(namesIn));
  for (const name of form.fields.keys()) {
    if (FREE.has(name) || name.startsWith('x-ignore-') || named.has(name)) continue;
    throw against(`Extra input fields: ${name}`);
  }
  if (!named.has('bucket') || !named.has('key')) throw new Refusal('InvalidPolicyDocument');
  const values = new Map([...form.fields, ['bucket', bucket] as const]);
  for (const condition of conditions) check(condition, values, form.file.length);
}

function checkSignature({ fields }: PostedForm, policy: string, identity: Identity): void {
  const [accessKeyId, day = '', region, service, end] = (fields.get('x-amz-credential') ?? '').split('/');
  if (fields.get('x-amz-algorithm') !== ALGORITHM || end !== 'aws4_request' || service !== 's3') {
    throw new Refusal('AccessDenied');
  }
  if (accessKeyId !== identity.accessKeyId) throw new Refusal('InvalidAccessKeyId');
  if (region !== identity.region || !fields.get('x-amz-date')?.startsWith(`${day}T`)) {
    throw new Refusal('AccessDenied');
  }
  if (fields.get('x-amz-security-token') !== identity.sessionToken?.value) throw new Refusal('InvalidToken');
  let key: string | Buffer = `AWS4${identity.secretAccessKey}`;
  for (const piece of [day, region, 's3', 'aws4_request']) key = hmac(key, piece);
  if (hmac(key, policy).toString('hex') !== fields.get('x-amz-signature')) {
    throw new Refusal('SignatureDoesNotMatch');
  }
}

function policyIn(encoded: string): z.infer<typeof policySchema> {
  try {
    return policySchema.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  } catch {
    throw new Refusal('InvalidPolicyDocument');
  }
}

function namesIn(condition: Condition): string[] {
  if (!Array.isArray(condition)) return Object.keys(condition).map((name) => name.toLowerCase());
  return condition[0] === 'content-length-range' ? [] : [condition[1].slice(1).toLowerCase()];
}

function check(condition: Condition, values: ReadonlyMap<string, string>, size: number): void {
  if (!Array.isArray(condition)) {
    for (const [name, value] of Object.entries(condition)) {
      if (values.get(name.toLowerCase()) !== value) throw unmet(condition);
    }
    return;
  }
  if (condition[0] === 'content-length-range') {
    const [, least, most] = condition;
    const proposed = { ProposedSize: size };
    if (size > most) throw new Refusal('EntityTooLarge', { fields: { ...proposed, MaxSizeAllowed: most } });
    if (size < least) throw new Refusal('EntityTooSmall', { fields: { ...proposed, MinSizeAllowed: least } });
    return;
  }
  const [how, name, wanted] = condition;
  const value = values.get(name.slice(1).toLowerCase()) ?? '';
  if (how === 'eq' ? value !== wanted : !value.startsWith(wanted)) throw unmet(condition);
}

function unmet(condition: Condition): Refusal {
  return against(`Policy Condition failed: ${JSON.stringify(condition)}`);
}

function against(why: string): Refusal {
  return new Refusal('AccessDenied', { message: `Invalid according to Policy: ${why}` });
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
