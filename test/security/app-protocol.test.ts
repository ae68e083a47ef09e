import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { declareAppScheme, serveApp } from '../../src/main/shell/app-protocol.ts';

type Handler = Parameters<Protocol['handle']>[1];
type Schemes = Parameters<Protocol['registerSchemesAsPrivileged']>[0];

let folder: string;
let ask: (url: string, method?: string) => Promise<Response>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-pages-'));
  const pages = join(folder, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(pages, 'index.html'), '<p>index</p>');
  for (const name of ['page.js', 'page.css', 'mark.svg', 'mark.png', 'text.woff2', 'page.map']) {
    writeFileSync(join(pages, 'assets', name), name);
  }
  const handlers = new Map<string, Handler>();
  const protocol: Pick<Protocol, 'handle'> = { handle: (scheme, handler) => handlers.set(scheme, handler) };
  serveApp(protocol as Protocol, pages);
  expect([...handlers.keys()]).toEqual(['app']);
  // Undici’s Request resolves dots as Chromium does; a plain object lets everything through as it is written.
  ask = async (url, method = 'GET') => await handlers.get('app')!({ url, method } as GlobalRequest);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const policyOf = ({ headers }: Response) => headers.get('content-security-policy') ?? '';

type GlobalRequest = Parameters<Handler>[0];

describe('the app’s pages', () => {
  it.each([
    ['/index.html', 'text/html; charset=utf-8'],
    ['/', 'text/html; charset=utf-8'],
    ['/assets/page.js', 'text/javascript; charset=utf-8'],
    ['/assets/page.css', 'text/css; charset=utf-8'],
    ['/assets/mark.svg', 'image/svg+xml'],
    ['/assets/mark.png', 'image/png'],
    ['/assets/text.woff2', 'font/woff2'],
    ['/assets/page.map', 'application/octet-stream'],
    ['/index.html?v=1#top', 'text/html; charset=utf-8'],
  ])('are answered at %s as %s', async (path, type) => {
    const answer = await ask(`app://sandglass${path}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).not.toBe('');
    expect(policyOf(answer)).not.toBe('');
  });

  it('bring their own bytes', async () => {
    expect(await (await ask('app://sandglass/assets/page.js')).text()).toBe('page.js');
    expect(await (await ask('app://sandglass/')).text()).toBe('<p>index</p>');
  });

  it('may load and reach nothing but their own', async () => {
    const policy = policyOf(await ask('app://sandglass/index.html')).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'none'"],
        ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
        ...["require-trusted-types-for 'script'", 'trusted-types svelte-trusted-html'],
      ]),
    );
    expect(policy.join(' ')).not.toMatch(/unsafe|https?:|data:|blob:|\*/);
  });
});

describe('whatever else is asked for', () => {
  it.each([
    ['a file outside', 'app://sandglass/../secret.txt'],
    ['a file outside, its dots encoded', 'app://sandglass/%2e%2e/secret.txt'],
    ['a file outside, its slash encoded', 'app://sandglass/..%2fsecret.txt'],
    ['a file outside, all of it encoded', 'app://sandglass/assets/%2e%2e%2f%2e%2e%2fsecret.txt'],
    ['a file outside, encoded twice', 'app://sandglass/%252e%252e%252fsecret.txt'],
    ['a file outside, by backslashes', 'app://sandglass/..\\secret.txt'],
    ['a file outside, from its root', 'app://sandglass//etc/passwd'],
    ['a file with an encoded end', 'app://sandglass/index.html%00.png'],
    ['a folder', 'app://sandglass/assets'],
    ['a folder with its slash', 'app://sandglass/assets/'],
    ['a file that is not there', 'app://sandglass/other.html'],
    ['a property of every object', 'app://sandglass/constructor'],
    ['another host', 'app://other/index.html'],
    ['a host that begins like ours', 'app://sandglass.example.org/index.html'],
    ['a port', 'app://sandglass:80/index.html'],
    ['no host', 'app:///index.html'],
    ['another scheme', 'https://sandglass/index.html'],
  ])('is not found: %s', async (_what, url) => {
    const answer = await ask(url);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(policyOf(answer)).toContain("default-src 'none'");
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('is not found by %s', async (method) => {
    const answer = await ask('app://sandglass/index.html', method);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(policyOf(answer)).toContain("default-src 'none'");
  });

  it('is not found where it came to be after the start', async () => {
    writeFileSync(join(folder, 'renderer', 'later.js'), 'later');
    expect((await ask('app://sandglass/later.js')).status).toBe(404);
  });
});

describe('the scheme', () => {
  it('is a secure origin of its own that pages cannot fetch from', () => {
    const declared: Schemes = [];
    const protocol: Pick<Protocol, 'registerSchemesAsPrivileged'> = {
      registerSchemesAsPrivileged: (schemes) => declared.push(...schemes),
    };
    declareAppScheme(protocol as Protocol);
    expect(declared).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: false, codeCache: true },
      },
    ]);
    expect(declared[0]?.privileges).not.toHaveProperty('bypassCSP');
  });
});
