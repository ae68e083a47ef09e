import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../src/shared/refusal-advice.ts';
import { refusalError } from '../../../src/shared/s3-refusal.ts';

const UPLOAD = { doing: 'upload to', bucket: 'films' };
const WHO = 'User: arn:aws:iam::123456789012:user/MaryMajor is not authorized to perform:';
const WHAT = 'on resource: "arn:aws:s3:::films/note.txt"';
const put = (why: string) => `${WHO} s3:PutObject ${WHAT} ${why}`;
const said = (text: string, code = 'AccessDenied', signatureAgeSeconds?: number) => {
  const advice = adviceFor({ code, said: text, signatureAgeSeconds }, UPLOAD);
  return advice === null ? null : `${advice.message} ${advice.next}`;
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html, sentence by sentence. */
const DOCUMENTED: readonly (readonly [sentence: string, who: RegExp])[] = [
  [
    put('because no identity-based policy allows the s3:PutObject action'),
    /lack s3:PutObject.*gave you the keys/,
  ],
  [put('with an explicit deny in an identity-based policy'), /lack s3:PutObject.*gave you the keys/],
  [put('because no session policy allows the s3:PutObject action'), /gave you the keys/],
  [put('because no permissions boundary allows the s3:PutObject action'), /gave you the keys/],
  [put('with an explicit deny in a permissions boundary'), /gave you the keys/],
  [
    put('because no resource-based policy allows the s3:PutObject action'),
    /bucket’s owner to allow s3:PutObject/,
  ],
  [
    put('with an explicit deny in a resource-based policy'),
    /policy of the bucket.*network.*signatureAge.*bucket’s owner/,
  ],
  [put('with an explicit deny in a service control policy'), /organization’s administrator for s3:PutObject/],
  [put('because no service control policy allows the s3:PutObject action'), /organization’s administrator/],
  [put('with an explicit deny in a resource control policy'), /organization’s administrator/],
  [put('because no VPC endpoint policy allows the s3:PutObject action'), /VPC endpoint.*runs the network/],
  [put('with an explicit deny in a VPC endpoint policy'), /VPC endpoint.*runs the network/],
  [
    put(
      'because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting',
    ),
    /Block Public Access.*presigned link is not public access/,
  ],
  [
    put('because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.'),
    /Block Public Access/,
  ],
  [put('because object protected by object lock.'), /Object Lock.*when the lock ends/],
  [
    `${WHO} kms:GenerateDataKey on resource: arn:aws:kms:us-east-1:123456789012:key/1 because no identity-based policy allows the kms:GenerateDataKey action`,
    /KMS key.*\(kms:GenerateDataKey\).*kms:Decrypt/,
  ],
  [
    `${WHO} kms:Decrypt on resource: arn:aws:kms:us-east-1:123456789012:key/1 because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    /KMS key.*\(kms:Decrypt\)/,
  ],
  [
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    /KMS key that these credentials may not use/,
  ],
  ['Request has expired', /ended by the server’s clock/],
];

describe('what the owner may have limited', () => {
  it.each(DOCUMENTED)('is read from “%s”', (sentence, expected) => {
    expect(said(sentence)).toMatch(expected);
  });

  it.each([
    ['AccessControlListNotSupported', 'The bucket does not allow ACLs', /takes no access control lists/],
    ['KMS.DisabledException', 'arn:aws:kms:us-east-1:1:key/1 is disabled.', /disabled, or being deleted/],
    ['KMS.KMSInvalidStateException', 'arn:aws:kms:us-east-1:1:key/1 is pending deletion.', /being deleted/],
  ])('is read from the code %s', (code, sentence, expected) => {
    expect(said(sentence, code)).toMatch(expected);
  });

  it.each([
    'Access Denied',
    '',
    'Forbidden by administrative rules',
    put(''),
    'Request has expired, she said',
  ])('is not guessed from “%s”', (sentence) => {
    expect(said(sentence)).toBeNull();
  });

  it('is told by how old the signature was where the bucket’s policy denies', () => {
    const denied = put('with an explicit deny in a resource-based policy');
    expect(said(denied, 'AccessDenied', 7_300)).toMatch(/most likely.*s3:signatureAge.*signed 2 hours ago/);
    expect(said(denied, 'AccessDenied', 600)).toContain('signed 10 minutes ago');
    const young = said(denied, 'AccessDenied', 1);
    expect(young).toContain('aws:SourceIp');
    expect(young).not.toContain('signatureAge');
  });

  it('is told from a sentence that is made to be long', () => {
    const long = `because ${'x '.repeat(1_000_000)}BlockPublicAcls`;
    // A pattern that tries every beginning would not come back before the test is given up.
    expect(said(long)).toBeNull();
  });
});

describe('a refusal that tells why', () => {
  it('is an access-denied with the request id, and its sentence is not repeated', () => {
    const sentence = put('because no identity-based policy allows the s3:PutObject action SECRET5161');
    const error = refusalError(
      { status: 403, code: 'AccessDenied', requestId: 'TX9', said: sentence },
      UPLOAD,
    );
    expect(error).toMatchObject({ code: 'access-denied', requestId: 'TX9', retryable: false });
    expect(error.message).toBe(
      'These credentials may not upload to the bucket “films”: they lack s3:PutObject.',
    );
    expect([error.message, error.next].join(' ')).not.toMatch(/5161|MaryMajor|arn:/);
  });

  it.each(['kms:<script>5161', 's3:put5161', 's3:PutObject5161X', 's3:\u001b[31m5161'])(
    'names no right that is not spelled like one: %s',
    (right) => {
      const sentence = `${WHO} ${right} because no identity-based policy allows the action`;
      expect(said(sentence) ?? '').not.toContain('5161');
    },
  );

  it('says what it always said where nobody tells why', () => {
    const error = refusalError({ status: 403, code: 'AccessDenied', said: 'Access Denied' }, UPLOAD);
    expect(error.message).toBe('These credentials may not upload to the bucket “films”.');
  });

  it('for an archived object says that it is', () => {
    const error = refusalError(
      { status: 403, code: 'InvalidObjectState' },
      { doing: 'read', bucket: 'films' },
    );
    expect([error.code, error.next]).toEqual(['archived', expect.stringContaining('Restore it first')]);
  });

  it.each([404, 405])('for a delete marker says that older versions may be there (%d)', (status) => {
    const error = refusalError({ status, isDeleteMarker: true, requestId: 'TX1' }, UPLOAD);
    expect(error).toMatchObject({ code: 'no-such-key', requestId: 'TX1' });
    expect(error.command).toContain('--version-id');
  });

  it('believes no mark beside another refusal', () => {
    expect(refusalError({ status: 403, isDeleteMarker: true }, UPLOAD).code).toBe('access-denied');
  });
});
