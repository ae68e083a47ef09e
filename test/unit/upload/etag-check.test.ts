import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ETagCheck, isDigest, sameDigest } from '../../../src/main/upload/etag-check.ts';

const hash = createHash('md5').update('the bytes').digest();
const MD5 = hash.toString('base64');
const HEX = hash.toString('hex');
const STRANGER = `"${'0'.repeat(32)}"`;
const plain = (etag: string) => ({ etag, encrypted: false });

describe('the check of an ETag', () => {
  it.each([`"${HEX}"`, HEX, `"${HEX.toUpperCase()}"`])('finds the bytes that were sent in %s', (etag) => {
    const check = new ETagCheck();
    expect([check.names(plain(etag), MD5), check.names(plain(etag), MD5)]).toEqual([true, true]);
  });

  it('believes no first answer that names other bytes', () => {
    expect(new ETagCheck().names(plain(STRANGER), MD5)).toBe(false);
  });

  it('believes a server that does so a second time, and from then on', () => {
    const check = new ETagCheck();
    check.names(plain(STRANGER), MD5);
    expect([check.names(plain(STRANGER), MD5), check.names(plain(STRANGER), MD5)]).toEqual([true, true]);
  });

  it('does not hold a right answer for a second stranger', () => {
    const check = new ETagCheck();
    check.names(plain(`"${HEX}"`), MD5);
    expect(check.names(plain(STRANGER), MD5)).toBe(false);
  });

  it('believes what the server has encrypted with keys of its own', () => {
    const check = new ETagCheck();
    expect(check.names({ etag: STRANGER, encrypted: true }, MD5)).toBe(true);
    expect(check.names(plain(STRANGER), MD5)).toBe(false);
  });

  it.each(['"abc"', `"${HEX}-2"`, `"${HEX}0"`, `W/"${HEX}"`, '"zz"'])(
    'believes %s, which is no MD5',
    (etag) => {
      expect(new ETagCheck().names(plain(etag), MD5)).toBe(true);
    },
  );
});

describe('the ETag of a part that an earlier process sent', () => {
  it.each([`"${HEX}"`, HEX])('%s is the digest of its bytes', (etag) => {
    expect(isDigest(etag, MD5)).toBe(true);
  });

  it.each([STRANGER, '""', '', `"${HEX}-1"`, '"opaque"'])('%j is not', (etag) => {
    expect(isDigest(etag, MD5)).toBe(false);
  });

  it('tells digests apart by a single bit', () => {
    const other = Buffer.from(hash);
    other[15]! ^= 1;
    expect([sameDigest(HEX, MD5), sameDigest(other.toString('hex'), MD5)]).toEqual([true, false]);
  });
});
