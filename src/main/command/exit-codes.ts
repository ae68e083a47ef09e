import type { ErrorCode } from '../../shared/errors.ts';

/** What scripts go by. */
export const EXIT = {
  done: 0,
  internal: 1,
  usage: 2,
  credentials: 3,
  refused: 4,
  network: 5,
  file: 6,
  interrupted: 130,
} as const;

const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  'bad-usage': EXIT.usage,
  'expiry-invalid': EXIT.usage,
  'settings-damaged': EXIT.file,
  'no-credentials': EXIT.credentials,
  'credentials-expired': EXIT.credentials,
  'credentials-refused': EXIT.credentials,
  'account-unknown': EXIT.credentials,
  'account-exists': EXIT.usage,
  'keychain-absent': EXIT.credentials,
  'keychain-locked': EXIT.credentials,
  'signer-gone': EXIT.credentials,
  'access-denied': EXIT.refused,
  'no-such-bucket': EXIT.refused,
  'no-such-key': EXIT.refused,
  'key-taken': EXIT.refused,
  archived: EXIT.refused,
  'wrong-region': EXIT.refused,
  'upload-gone': EXIT.refused,
  'upload-incomplete': EXIT.refused,
  'clock-skewed': EXIT.refused,
  'server-busy': EXIT.refused,
  refused: EXIT.refused,
  unreachable: EXIT.network,
  'connection-lost': EXIT.network,
  'file-missing': EXIT.file,
  'file-is-directory': EXIT.file,
  'file-unreadable': EXIT.file,
  'file-changed': EXIT.file,
  'file-too-large': EXIT.file,
  'disk-full': EXIT.file,
  'history-damaged': EXIT.file,
  'history-busy': EXIT.file,
  'share-unknown': EXIT.usage,
  'share-not-live': EXIT.usage,
  cancelled: EXIT.internal,
  interrupted: EXIT.interrupted,
  internal: EXIT.internal,
};

/** The exit code of the command for an error of this kind. */
export function exitCodeOf(code: ErrorCode): number {
  return EXIT_CODES[code];
}
