/**
 * Chromium knows no scheme of an app's own, so `app://name/page` is loaded as `https://name.app.standin/page`:
 * a secure origin with a host, as a standard scheme has in Electron. Main only ever hears of the first form.
 */
const HOST = /^https:\/\/([^/]+)\.([a-z][a-z0-9+-]*)\.standin(?=[/?#]|$)/;
const CHROMIUMS_OWN = new Set([
  'http',
  'https',
  'file',
  'data',
  'about',
  'blob',
  'javascript',
  'chrome-error',
]);

export function toChromium(address: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/s.exec(address) ?? [];
  return scheme === '' || CHROMIUMS_OWN.has(scheme) ? address : `https://${host}.${scheme}.standin${rest}`;
}

export function fromChromium(address: string): string {
  return address.replace(HOST, (_whole, host: string, scheme: string) => `${scheme}://${host}`);
}

/** As Chromium writes it: `app://name` for a standard scheme. */
export function originOf(address: string): string {
  if (!URL.canParse(address)) return 'null';
  const { protocol, host, origin } = new URL(address);
  return origin !== 'null' || host === '' ? origin : `${protocol}//${host}`;
}
