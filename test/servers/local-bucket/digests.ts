import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';

/** A check of a body as it passes by: it is fed every chunk and speaks at the end. */
export interface Check {
  update(chunk: Uint8Array): void;
  /** @throws Refusal where the body is not the one that was announced */
  finish(): void;
}

/**
 * The checks that a request asks for: the signed SHA-256, Content-MD5 and `x-amz-checksum-*`.
 * @param payloadHash the SHA-256 in hex, or `UNSIGNED-PAYLOAD`
 * @throws Refusal InvalidDigest
 */
export function checksOf(request: S3Request, payloadHash: string): Check[] {
  const checks: Check[] = [];
  if (payloadHash !== 'UNSIGNED-PAYLOAD') {
    checks.push(
      hashCheck('sha256', 'hex', payloadHash, (computed) => {
        const fields = { ClientComputedContentSHA256: payloadHash, S3ComputedContentSHA256: computed };
        return new Refusal('XAmzContentSHA256Mismatch', { fields });
      }),
    );
  }
  const md5 = request.header('content-md5');
  if (md5 !== undefined) {
    if (!/^[A-Za-z0-9+/]{22}==$/.test(md5)) throw new Refusal('InvalidDigest');
    checks.push(
      hashCheck('md5', 'base64', md5, (computed) => {
        return new Refusal('BadDigest', { fields: { ExpectedDigest: md5, CalculatedDigest: computed } });
      }),
    );
  }
  return [...checks, ...checksumChecks(request)];
}

/** A signer left at its defaults puts the checksum of an EMPTY body into a presigned URL: here that is found out. */
function checksumChecks(request: S3Request): Check[] {
  const checks: Check[] = [];
  for (const algorithm of ['sha1', 'sha256'] as const) {
    const expected = request.amz(`x-amz-checksum-${algorithm}`);
    if (expected === undefined) continue;
    checks.push(hashCheck(algorithm, 'base64', expected, () => badChecksum(algorithm)));
  }
  const expected = request.amz('x-amz-checksum-crc32');
  return expected === undefined ? checks : [...checks, crc32Check(expected)];
}

function hashCheck(
  algorithm: 'md5' | 'sha1' | 'sha256',
  encoding: 'hex' | 'base64',
  expected: string,
  refusal: (computed: string) => Refusal,
): Check {
  const hash = createHash(algorithm);
  return {
    update: (chunk) => hash.update(chunk),
    finish: () => {
      const computed = hash.digest(encoding);
      if (computed !== expected) throw refusal(computed);
    },
  };
}

function crc32Check(expected: string): Check {
  let sum = 0;
  return {
    update: (chunk) => {
      sum = crc32(chunk, sum);
    },
    finish: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(sum);
      if (bytes.toString('base64') !== expected) throw badChecksum('crc32');
    },
  };
}

function badChecksum(algorithm: string): Refusal {
  const name = algorithm.toUpperCase();
  return new Refusal('BadDigest', {
    message: `The ${name} you specified did not match the calculated checksum.`,
  });
}
