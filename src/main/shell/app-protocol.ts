import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Protocol } from 'electron';

/** The window's only origin. */
export const APP_ORIGIN = 'app://sandglass';

/** Nothing from outside, nothing inline, and no connection of the page's own: all it knows comes over the bridge. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // Svelte makes its elements from templates of its own, under this name; no other text becomes markup.
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must be called before the app is ready. https://www.electronjs.org/docs/latest/api/protocol */
export function declareAppScheme(protocol: Protocol): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: false, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/**
 * Answers app:// with the built page. What may be asked for is listed once, from the disk, so that no path in a URL is
 * ever turned into a path on the disk.
 * @param folder where the built renderer lies
 */
export function serveApp(protocol: Protocol, folder: string): void {
  const pages = pagesIn(folder);
  protocol.handle('app', async (request) => {
    const { origin, pathname } = originOf(request.url);
    const file = request.method === 'GET' && origin === APP_ORIGIN ? pages.get(pathname) : undefined;
    if (file === undefined) return new Response(null, { status: 404, headers: HEADERS });
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...HEADERS, 'content-type': type },
    });
  });
}

/** `URL.origin` is null for schemes that the language does not know. */
function originOf(url: string): { origin: string; pathname: string } {
  const { protocol, host, pathname } = new URL(url);
  return { origin: `${protocol}//${host}`, pathname };
}

function pagesIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  const pages = new Map(paths.map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path]));
  const index = pages.get('/index.html');
  if (index !== undefined) pages.set('/', index);
  return pages;
}
