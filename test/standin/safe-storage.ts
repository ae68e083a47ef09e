import { strict } from './strict-emitter.ts';

/** A machine without a keychain, as Electron on Linux tells of it. */
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => false,
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  getSelectedStorageBackend: () => 'basic_text',
});
