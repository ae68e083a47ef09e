import { SandglassError } from '../../shared/errors.ts';

const INSTEAD =
  'Until then, use a profile from ~/.aws or the AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY variables.';

const UNLOCK: Partial<Record<NodeJS.Platform, string>> = {
  darwin:
    'Unlock it in Keychain Access, or with `security unlock-keychain` in a remote session, and try again.',
  win32: 'Log in to Windows with your password, at its desktop rather than from a service, and try again.',
};
const UNLOCK_KEYRING =
  'Unlock your login keyring (answer its prompt, or open “Passwords and Keys” on the desktop) and try again.';

// libsecret's messages are translated, but the names of the bus and of the service in them are not:
// https://specifications.freedesktop.org/secret-service/
const NO_BUS = /D-Bus|\$DISPLAY|Could not connect|DBUS_SESSION_BUS_ADDRESS/;
const NO_SERVICE = /org\.freedesktop\.secrets\b|ServiceUnknown/;
const NO_KEYCHAIN = /No keychain is available|default keychain could not be found/i;

/**
 * A keychain's native error in Sandglass's words. What is not known to mean "absent" means that nobody could
 * look, which is `keychain-locked`: it must never pass for an empty keychain.
 * @param hidden texts that must not be quoted, whatever the native error says
 */
export function keychainRefusal(
  error: unknown,
  platform: NodeJS.Platform = process.platform,
  hidden: readonly string[] = [],
): SandglassError {
  if (error instanceof SandglassError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const cause = new Error(without(hidden, said));
  if (NO_SERVICE.test(said)) {
    return absent('No keyring answers on this session’s D-Bus.', {
      next: `Install a keyring such as gnome-keyring or KWallet, and log in again. ${INSTEAD}`,
      cause,
    });
  }
  if (NO_BUS.test(said)) {
    return absent('There is no D-Bus session here, so no keyring can be reached.', {
      next: `Run Sandglass from a desktop session, or under dbus-run-session with a keyring. ${INSTEAD}`,
      cause,
    });
  }
  if (NO_KEYCHAIN.test(said)) {
    return absent('This user has no keychain.', {
      next: `Make a default keychain in Keychain Access. ${INSTEAD}`,
      cause,
    });
  }
  return new SandglassError('keychain-locked', 'The keychain is locked, or has never been set up.', {
    next: UNLOCK[platform] ?? UNLOCK_KEYRING,
    cause,
  });
}

/** keytar is not installed, or its native part finds no libsecret. */
export function keytarMissing(error: unknown, platform: NodeJS.Platform): SandglassError {
  const install =
    platform === 'darwin' || platform === 'win32'
      ? 'Install Sandglass again.'
      : 'Install libsecret (libsecret-1-0 on Debian and Ubuntu, libsecret elsewhere), then Sandglass again.';
  return absent('The part of Sandglass that speaks to the keychain could not be loaded.', {
    next: `${install} ${INSTEAD}`,
    cause: error,
  });
}

/** @param timeout how long the answer was waited for, in milliseconds */
export function promptUnanswered(timeout: number, platform: NodeJS.Platform): SandglassError {
  return new SandglassError('keychain-locked', `The keychain gave no answer within ${timeout / 1000} s.`, {
    next: UNLOCK[platform] ?? UNLOCK_KEYRING,
  });
}

function absent(message: string, details: { next: string; cause: unknown }): SandglassError {
  return new SandglassError('keychain-absent', message, details);
}

function without(hidden: readonly string[], text: string): string {
  return hidden
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}
