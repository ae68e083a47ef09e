import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { asSandglassError, SandglassError, withoutQueries } from '../../../src/shared/errors.ts';

const LINK =
  'https://b.s3.eu-west-1.amazonaws.com/k%20ey?X-Amz-Credential=AKIAEXAMPLE%2F20260701&X-Amz-Security-Token=TOKENTOKEN' +
  '&X-Amz-Signature=5161696e74';

/** Everything of an error that a log, a crash report or a screen may show. */
function shown(error: Error): string {
  return [String(error), error.stack, inspect(error, { depth: 10 }), JSON.stringify(error)].join('\n');
}

describe('a text with URLs in it', () => {
  it('loses the query of each URL and nothing else', () => {
    expect(withoutQueries(`GET ${LINK} failed, see http://h/x?y=1 or (https://h/z)`)).toBe(
      'GET https://b.s3.eu-west-1.amazonaws.com/k%20ey failed, see http://h/x or (https://h/z)',
    );
  });

  it('loses the user part of a URL', () => {
    expect(withoutQueries('https://user:pass@minio.example.org:9000/b')).toBe(
      'https://minio.example.org:9000/b',
    );
    expect(withoutQueries('HTTPS://user@h/b?c')).toBe('HTTPS://h/b');
    expect(withoutQueries('https://user:p@ss@h/b')).toBe('https://h/b');
  });

  it.each([
    ['a query without its URL', '/k?X-Amz-Expires=60&X-Amz-Signature=5161696e74', '5161696e74'],
    ['a credential', 'X-Amz-Credential=AKIAEXAMPLE/2026', 'AKIAEXAMPLE'],
    ['a token, whatever the case', 'x-amz-security-token=TOKENTOKEN', 'TOKENTOKEN'],
    ['signature version 2', 'AWSAccessKeyId=AKIAEXAMPLE&Signature=5161696e74', 'AKIAEXAMPLE'],
    ['signature version 2, its signature', 'AWSAccessKeyId=AKIAEXAMPLE&Signature=5161696e74', '5161696e74'],
  ])('loses %s', (_what, text, secret) => {
    expect(withoutQueries(text)).not.toContain(secret);
  });

  it.each(['Is there a file? Yes.', 'user@example.org', 'a?b=c', 'C:\\files\\a?.txt', 's3://bucket/key'])(
    'keeps %j as it is',
    (text) => {
      expect(withoutQueries(text)).toBe(text);
    },
  );
});

describe('a SandglassError', () => {
  it('holds what it was given', () => {
    const error = new SandglassError('server-busy', 'Busy.', {
      next: 'Wait.',
      retryable: true,
      requestId: 'R1',
    });
    expect(error).toMatchObject({
      name: 'SandglassError',
      code: 'server-busy',
      message: 'Busy.',
      next: 'Wait.',
      retryable: true,
      requestId: 'R1',
    });
    expect(error).toBeInstanceOf(Error);
  });

  it('is not retryable, and names no next step and no cause, unless told', () => {
    const error = new SandglassError('internal', 'Hm.');
    expect([error.retryable, error.next, error.requestId, 'cause' in error]).toEqual([
      false,
      undefined,
      undefined,
      false,
    ]);
  });

  it('shows no query of a URL, neither in its message nor in its cause', () => {
    const cause = Object.assign(new TypeError(`fetch of ${LINK} failed`), { request: { url: LINK } });
    const error = new SandglassError('unreachable', `No answer from ${LINK}`, { cause });
    for (const secret of ['AKIAEXAMPLE', 'TOKENTOKEN', '5161696e74']) {
      expect(shown(error)).not.toContain(secret);
    }
  });

  it('keeps of its cause the name and the message only', () => {
    const deeper = new Error('secret of the depth');
    const cause = Object.assign(new RangeError('too far', { cause: deeper }), { $response: 'whole answer' });
    const error = new SandglassError('internal', 'Hm.', { cause });
    expect(String(error.cause)).toBe('RangeError: too far');
    expect(shown(error)).not.toMatch(/secret of the depth|whole answer/);
    expect((error.cause as Error).stack).toBeUndefined();
  });

  it('takes a cause that is no Error', () => {
    expect(String(new SandglassError('internal', 'Hm.', { cause: `it was ${LINK}` }).cause)).toBe(
      'Error: it was https://b.s3.eu-west-1.amazonaws.com/k%20ey',
    );
  });
});

describe('any error, made into a SandglassError', () => {
  it('stays the same object where it is one', () => {
    const error = new SandglassError('key-taken', 'Taken.');
    expect(asSandglassError(error)).toBe(error);
  });

  it.each([
    [new RangeError('the secret is hunter2'), 'RangeError'],
    ['hunter2', 'string'],
    [undefined, 'undefined'],
  ])('becomes internal and tells only its name', (thrown, name) => {
    const error = asSandglassError(thrown);
    expect(error).toMatchObject({ code: 'internal', retryable: false });
    expect(error.message).toBe(`Something unexpected went wrong (${name}).`);
  });
});
