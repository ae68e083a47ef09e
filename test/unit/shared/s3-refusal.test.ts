import { describe, expect, it } from 'vitest';
import { refusalError, type S3Refusal } from '../../../src/shared/s3-refusal.ts';

const ASKED = { doing: 'upload to', bucket: 'films' };
const refused = (refusal: S3Refusal) => refusalError(refusal, ASKED);

describe('a refusal of S3', () => {
  it.each([
    [403, 'AccessDenied', 'access-denied'],
    [403, 'InvalidAccessKeyId', 'credentials-refused'],
    [403, 'SignatureDoesNotMatch', 'credentials-refused'],
    [400, 'InvalidToken', 'credentials-refused'],
    [400, 'ExpiredToken', 'credentials-expired'],
    [400, 'TokenRefreshRequired', 'credentials-expired'],
    [404, 'NoSuchBucket', 'no-such-bucket'],
    [404, 'NoSuchKey', 'no-such-key'],
    [404, 'NoSuchUpload', 'upload-gone'],
    [301, 'PermanentRedirect', 'wrong-region'],
    [307, 'TemporaryRedirect', 'wrong-region'],
    [400, 'AuthorizationHeaderMalformed', 'wrong-region'],
    [400, 'IllegalLocationConstraintException', 'wrong-region'],
    [412, 'PreconditionFailed', 'key-taken'],
    [400, 'EntityTooLarge', 'file-too-large'],
    [400, 'InvalidRequest', 'refused'],
    [405, undefined, 'refused'],
  ])('%d %s is %s, and sending it again would change nothing', (status, code, expected) => {
    const error = refused({ status, code });
    expect([error.code, error.retryable]).toEqual([expected, false]);
    expect(error.next).toBeTruthy();
  });

  it.each([
    [400, 'RequestTimeout'],
    [400, 'RequestTimeoutException'],
    [500, 'InternalError'],
    [503, 'SlowDown'],
    [503, 'ServiceUnavailable'],
    [200, 'InternalError'],
    [409, 'OperationAborted'],
    [400, 'ThrottlingException'],
    [400, 'IncompleteBody'],
    [429, undefined],
    [500, undefined],
    [502, undefined],
    [503, undefined],
    [504, undefined],
    [503, 'SomethingNew'],
  ])('%d %s may succeed if it is sent again', (status, code) => {
    const error = refused({ status, code });
    expect([error.code, error.retryable]).toEqual(['server-busy', true]);
    expect(error.message).toContain(code ?? String(status));
  });

  it.each([
    [301, 'wrong-region'],
    [403, 'access-denied'],
    [404, 'no-such-key'],
    [412, 'key-taken'],
  ])('without a code, as HEAD gives it, %d is %s', (status, expected) => {
    expect(refused({ status }).code).toBe(expected);
  });

  it('for a clock that is wrong may be sent again, by the clock that it taught', () => {
    const error = refused({ status: 403, code: 'RequestTimeTooSkewed' });
    expect([error.code, error.retryable]).toEqual(['clock-skewed', true]);
  });

  it('for bytes that were changed on their way may be sent again, though the server is not busy', () => {
    const error = refused({ status: 400, code: 'BadDigest' });
    expect([error.code, error.retryable]).toEqual(['refused', true]);
    expect(error.message).toContain('changed on their way');
  });

  it('goes by its code before its status', () => {
    expect(refused({ status: 403, code: 'NoSuchBucket' }).code).toBe('no-such-bucket');
    expect(refused({ status: 404, code: 'InvalidRequest' }).code).toBe('refused');
  });

  it('says what was tried and where, with the request id at hand', () => {
    const error = refused({ status: 403, code: 'AccessDenied', requestId: 'TX1' });
    expect(error.message).toBe('These credentials may not upload to the bucket “films”.');
    expect(error.requestId).toBe('TX1');
  });

  it('that nobody knows is told with its code and status', () => {
    expect(refused({ status: 409, code: 'BucketAlreadyExists', requestId: 'TX2' })).toMatchObject({
      message: 'S3 refused to upload to the bucket “films” (BucketAlreadyExists, status 409).',
      requestId: 'TX2',
    });
    expect(refused({ status: 418 }).message).toContain('(status 418)');
  });

  it('names the bucket’s region where S3 named it', () => {
    expect(refused({ status: 301, code: 'PermanentRedirect', region: 'eu-central-1' }).next).toContain(
      'It is in eu-central-1.',
    );
    expect(refused({ status: 301, code: 'PermanentRedirect' }).next).not.toContain('It is in');
  });

  it.each([
    { status: 400, code: 'a=1&X-Amz-Signature=5161' },
    { status: 403, code: 'AccessDenied', requestId: 'https://h/b?X-Amz-Signature=5161' },
    { status: 403, code: 'AccessDenied', requestId: '\u001b[31m5161' },
    { status: 301, code: 'PermanentRedirect', region: 'x. Send 5161' },
  ])('repeats nothing of %j, which no server of S3 says', (answer) => {
    const { message, next, requestId } = refused(answer);
    expect([message, next, requestId].join(' ')).not.toContain('5161');
  });
});
