import { describe, expect, it } from 'vitest';
import { EXIT, exitCodeOf } from '../../../src/main/command/exit-codes.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';

/** What scripts were promised. A code that is missing here does not compile. */
const PROMISED = {
  'bad-usage': 2,
  'expiry-invalid': 2,
  'account-exists': 2,
  'share-unknown': 2,
  'share-not-live': 2,
  'no-credentials': 3,
  'credentials-expired': 3,
  'credentials-refused': 3,
  'account-unknown': 3,
  'keychain-absent': 3,
  'keychain-locked': 3,
  'signer-gone': 3,
  'access-denied': 4,
  'no-such-bucket': 4,
  'no-such-key': 4,
  'key-taken': 4,
  archived: 4,
  'wrong-region': 4,
  'upload-gone': 4,
  'upload-incomplete': 4,
  'clock-skewed': 4,
  'server-busy': 4,
  refused: 4,
  unreachable: 5,
  'connection-lost': 5,
  'file-missing': 6,
  'file-is-directory': 6,
  'file-unreadable': 6,
  'file-changed': 6,
  'file-too-large': 6,
  'disk-full': 6,
  'history-damaged': 6,
  'history-busy': 6,
  'settings-damaged': 6,
  interrupted: 130,
  cancelled: 1,
  internal: 1,
} as const satisfies Record<ErrorCode, number>;

describe('the exit code', () => {
  it.each(Object.entries(PROMISED) as [ErrorCode, number][])('for %s is %d', (code, exit) => {
    expect(exitCodeOf(code)).toBe(exit);
  });

  it('of a good end is 0, and of no failure', () => {
    expect(EXIT.done).toBe(0);
    expect(Object.values(PROMISED)).not.toContain(0);
  });
});
