import { describe, expect, it } from 'vitest';
import { sdkFailure, sdkRefusal } from '../../../src/main/signing/sdk-failure.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const ASKED = { doing: 'read', bucket: 'films' };

/** An error as the SDK throws it. */
function sdkError(name: string, fields: Readonly<Record<string, unknown>> = {}): Error {
  return Object.assign(new Error(`${name}: with the whole answer`), { name, ...fields });
}

describe('an error of the SDK', () => {
  it('about a bucket’s name that would lead elsewhere says that there is no such bucket', () => {
    const error = sdkFailure(sdkError('InvalidBucketName'), { doing: 'read', bucket: '../films' });
    expect(error).toMatchObject({ code: 'no-such-bucket', message: 'There is no bucket “../films” here.' });
  });

  it('with an answer tells status, code, request id and region', () => {
    const error = sdkError('AccessDenied', {
      Code: 'AccessDenied',
      $metadata: { httpStatusCode: 403, requestId: 'TX1' },
      $response: { statusCode: 403, headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    });
    expect(sdkRefusal(error)).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      requestId: 'TX1',
      region: 'eu-west-1',
    });
  });

  it('has its code in its name where it has none of its own', () => {
    expect(sdkRefusal(sdkError('NoSuchUpload', { $metadata: { httpStatusCode: 404 } }))).toMatchObject({
      status: 404,
      code: 'NoSuchUpload',
    });
  });

  it.each(['Unknown', 'UnknownError', 'NotFound', 'Error', '403', '404', '400', '301'])(
    'named %s has no code of S3: HEAD answers have no body',
    (name) => {
      expect(sdkRefusal(sdkError(name, { $metadata: { httpStatusCode: 404 } }))?.code).toBeUndefined();
    },
  );

  it('finds the request id and the region wherever they are', () => {
    const error = sdkError('PermanentRedirect', {
      Region: 'ap-south-1',
      $response: { statusCode: 301, headers: { 'x-amz-request-id': 'TX2' } },
    });
    expect(sdkRefusal(error)).toMatchObject({ requestId: 'TX2', region: 'ap-south-1' });
  });

  it('believes the header before the body where both name a region', () => {
    const headers = { 'x-amz-bucket-region': 'eu-west-1' };
    const error = sdkError('PermanentRedirect', { Region: 'x', $response: { statusCode: 301, headers } });
    expect(sdkRefusal(error)?.region).toBe('eu-west-1');
  });

  it('without an answer is no refusal', () => {
    expect(sdkRefusal(sdkError('TimeoutError'))).toBeNull();
    expect(sdkRefusal(sdkError('Error', { code: 'ECONNREFUSED', $metadata: { attempts: 1 } }))).toBeNull();
  });
});

describe('the failure that is told', () => {
  it('is the refusal’s', () => {
    const error = sdkError('NoSuchKey', { $metadata: { httpStatusCode: 404, requestId: 'TX3' } });
    expect(sdkFailure(error, ASKED)).toMatchObject({
      code: 'no-such-key',
      requestId: 'TX3',
      retryable: false,
    });
  });

  it('may be tried again where the server asks for that', () => {
    const error = sdkError('SlowDown', { $metadata: { httpStatusCode: 503 } });
    expect(sdkFailure(error, ASKED)).toMatchObject({ code: 'server-busy', retryable: true });
  });

  it('is bad where the server says 200 and means an error', () => {
    const error = sdkError('InternalError', { Code: 'InternalError', $metadata: { httpStatusCode: 200 } });
    expect(sdkFailure(error, ASKED)).toMatchObject({ code: 'server-busy', retryable: true });
  });

  it.each([
    [sdkError('Error', { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [sdkError('Error', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'SELF_SIGNED_CERT_IN_CHAIN'],
    [sdkError('TimeoutError'), 'timed out'],
  ])('is that the server does not answer where it does not', (error, what) => {
    const failure = sdkFailure(error, ASKED);
    expect(failure).toMatchObject({ code: 'unreachable', retryable: true });
    expect(failure.message).toBe(`The server does not answer (${what}).`);
  });

  it.each([{}, sdkError('TypeError'), sdkError('Error', { code: 'ERR_INVALID_CHAR' })])(
    'is no word about the server where the SDK itself complains, and not tried again',
    (error) => {
      expect(sdkFailure(error, ASKED)).toMatchObject({ code: 'internal', retryable: false });
    },
  );

  it('is the very error where it was typed already', () => {
    const error = new SandglassError('credentials-expired', 'Ended.');
    expect(sdkFailure(error, ASKED)).toBe(error);
  });

  it('repeats nothing that the server said beside its code', () => {
    const error = sdkError('AccessDenied', { $metadata: { httpStatusCode: 403 }, Resource: '/films/k' });
    const failure = sdkFailure(error, ASKED);
    expect(`${failure.message} ${String(failure.cause)}`).not.toMatch(/whole answer|films\/k/);
  });
});
