import type { CdpSession, Protocol } from './cdp-connection.ts';
import { originOf, toChromium } from './app-address.ts';
import type { Session } from './session.ts';

/** Each permission by the name that Electron's handler hears, and the one that Chromium sets. */
const PERMISSIONS: readonly (readonly [string, Protocol.Browser.PermissionDescriptor])[] = [
  ['clipboard-read', { name: 'clipboard-read' }],
  ['clipboard-sanitized-write', { name: 'clipboard-write' }],
  ['geolocation', { name: 'geolocation' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['midiSysex', { name: 'midi', sysex: true }],
  ['notifications', { name: 'notifications' }],
  ['storage-access', { name: 'storage-access' }],
  ['window-management', { name: 'window-management' }],
];

/**
 * Asks the session's handler for each permission before a page is loaded, and tells Chromium the answers: Chromium
 * cannot be made to ask at the moment when the page does.
 * @param browser the browser's own session of the protocol
 */
export async function settlePermissions(
  browser: CdpSession,
  session: Session,
  contents: object,
  address: string,
): Promise<void> {
  const origin = originOf(toChromium(address));
  if (!origin.startsWith('http')) return;
  for (const [name, permission] of PERMISSIONS) {
    const setting = (await session.standInGrants(contents, name, address)) ? 'granted' : 'denied';
    await browser.send('Browser.setPermission', { permission, setting, origin });
  }
}
