import { describe, expect, it } from 'vitest';
import { archiveOf, isArchiveClass, restoredUntil } from '../../../src/main/signing/archive-class.ts';

const UNTIL = 'ongoing-request="false", expiry-date="Fri, 21 Dec 2012 00:00:00 GMT"';

describe('what S3 says of an object’s storage', () => {
  it.each([
    ['GLACIER', true],
    ['DEEP_ARCHIVE', true],
    ['GLACIER_IR', false],
    ['STANDARD', false],
    ['INTELLIGENT_TIERING', false],
    ['SOMETHING_NEW', false],
  ])('%s is an archive: %s', (storageClass, archived) => {
    expect(isArchiveClass(storageClass)).toBe(archived);
  });

  it.each([
    [undefined, undefined, undefined, { kind: 'none' }],
    ['GLACIER', undefined, undefined, { kind: 'archived', isComing: false }],
    ['GLACIER', undefined, 'ongoing-request="true"', { kind: 'archived', isComing: true }],
    ['GLACIER', undefined, UNTIL, { kind: 'restored', until: Date.UTC(2012, 11, 21) }],
    ['INTELLIGENT_TIERING', undefined, undefined, { kind: 'none' }],
    ['INTELLIGENT_TIERING', 'ARCHIVE_ACCESS', undefined, { kind: 'archived', isComing: false }],
    [
      'INTELLIGENT_TIERING',
      'DEEP_ARCHIVE_ACCESS',
      'ongoing-request="true"',
      { kind: 'archived', isComing: true },
    ],
  ])('class %s, status %s, restore %s', (storageClass, status, restore, expected) => {
    expect(archiveOf(storageClass, status, restore)).toEqual(expected);
  });

  it.each([
    undefined,
    '',
    'ongoing-request="true"',
    'ongoing-request="false", expiry-date="soon"',
    'rubbish',
  ])('names no end of a copy in %s', (restore) => {
    expect(restoredUntil(restore)).toBeNull();
  });
});
