import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { channelOf, ipcContract, type PushName, type RequestName } from '../../src/shared/ipc-contract.ts';
import { Desktop } from '../e2e/desktop.ts';

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;

// Nothing that is tried here may change the window, so that one serves them all.
test.beforeAll(async () => {
  desktop = await Desktop.install(join(import.meta.dirname, 'recorded-messages.js'));
  ({ app, page } = await desktop.start());
});
test.afterAll(() => desktop.uninstall());

const ELSEWHERE = 'https://example.com/elsewhere';

/** Where the window stands, as the app itself knows it. */
const address = () =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  );

/** What the page's own policy says to something that the page does, as the directive and what it refused. */
const violation = (work: string) =>
  page.evaluate(
    (code) =>
      new Promise<string>((resolve) => {
        const heard = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
          resolve(`${effectiveDirective} ${blockedURI}`);
        };
        document.addEventListener('securitypolicyviolation', heard, { once: true });
        const make: Record<string, () => void> = {
          frame: () => {
            document.body.append(Object.assign(document.createElement('iframe'), { src: code.url }));
          },
          picture: () => void Object.assign(new Image(), { src: code.url }),
          connection: () => void fetch(code.url).catch(() => undefined),
          'style sheet': () => {
            const sheet = { rel: 'stylesheet', href: code.url };
            document.head.append(Object.assign(document.createElement('link'), sheet));
          },
          form: () => {
            const form = Object.assign(document.createElement('form'), { action: code.url, method: 'post' });
            document.body.append(form);
            form.submit();
          },
          markup: () => {
            try {
              document.createElement('p').innerHTML = '<img src=x onerror=alert(1)>';
            } catch {
              // Told as a violation.
            }
          },
        };
        make[code.work]?.();
      }),
    { work, url: ELSEWHERE },
  );

test('main has opened the channels of the contract, and no other', async () => {
  const names = Object.keys(ipcContract.requests) as RequestName[];
  const open = await app.evaluate(({ ipcMain }) => {
    const { channels } = globalThis as unknown as { channels: string[] };
    return { channels, events: ipcMain.eventNames().map(String) };
  });
  expect(open.channels.sort()).toEqual(names.map(channelOf).sort());
  // Electron itself hears this one, so that a channel of that name throws nothing.
  expect(open.events.filter((name) => name !== 'error')).toEqual([]);
});

test('the page has the functions of the bridge, and nothing of Electron or Node', async () => {
  const seen = await page.evaluate(() => {
    const { sandglass } = globalThis as unknown as { sandglass: Record<string, unknown> };
    const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'electron', 'ipcRenderer'];
    return {
      kinds: [...new Set(Object.values(sandglass).map((one) => typeof one))],
      names: Object.keys(sandglass).sort(),
      isFrozen: Object.isFrozen(sandglass),
      has: names.filter((name) => name in globalThis),
      guests: 'loadURL' in document.createElement('webview'),
    };
  });
  const listener = (name: PushName) => `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const pushes = (Object.keys(ipcContract.pushes) as PushName[]).map(listener);
  expect(seen).toEqual({
    kinds: ['function'],
    names: [...Object.keys(ipcContract.requests), ...pushes].sort(),
    isFrozen: true,
    has: [],
    guests: false,
  });
});

test('a message that makes no sense is refused by main, as the page hears', async () => {
  const answer = await page.evaluate(() => {
    const { sandglass } = globalThis as unknown as {
      sandglass: Record<string, (input: unknown) => Promise<unknown>>;
    };
    return sandglass['readShares']?.({ search: '', offset: NaN, limit: 50 });
  });
  expect(answer).toMatchObject({ ok: false, failure: { code: 'bad-usage' } });
});

test('every answer of app:// brings the policy', async () => {
  const answers: { readonly url: string; readonly policy: string | undefined }[] = [];
  page.on('response', (response) => {
    answers.push({ url: response.url(), policy: response.headers()['content-security-policy'] });
  });
  await page.reload();
  await page.waitForSelector('main, [data-view]');
  expect(answers.length).toBeGreaterThan(2);
  for (const { url, policy } of answers) {
    expect(policy, url).toMatch(/^default-src 'none'; script-src 'self';.*connect-src 'none'/);
    expect(policy, url).not.toContain('unsafe-');
  }
});

test('a middle click on a link opens nothing, and neither does a click with a key held, nor a script', async () => {
  await page.evaluate((url) => {
    const link = document.createElement('a');
    Object.assign(link, { href: url, textContent: 'a link' });
    link.style.cssText = 'position: fixed; inset: 0; z-index: 99';
    document.body.append(link);
  }, ELSEWHERE);
  const asked = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const kept = globalThis as unknown as { created: number };
    kept.created = 0;
    window?.webContents.on('did-create-window', () => (kept.created += 1));
    return window?.webContents.getURL();
  });
  await page.click('text=a link', { button: 'middle' });
  await page.click('text=a link', { modifiers: ['ControlOrMeta'] });
  await page.click('text=a link', { modifiers: ['Shift'] });
  await page.click('text=a link');
  await page.evaluate((url) => {
    window.open(url);
    location.href = url;
  }, ELSEWHERE);
  expect(await address()).toEqual([asked]);
  expect(app.windows()).toHaveLength(1);
  expect(await app.evaluate(() => (globalThis as unknown as { created: number }).created)).toBe(0);
});

for (const [what, directive] of [
  ['frame', /^frame-src https:\/\/example\.com/],
  ['picture', /^img-src https:\/\/example\.com/],
  ['connection', /^connect-src https:\/\/example\.com/],
  ['style sheet', /^style-src-elem https:\/\/example\.com/],
  ['form', /^form-action https:\/\/example\.com/],
  ['markup', /^require-trusted-types-for /],
] as const) {
  test(`the page’s own policy refuses it a ${what}, before the app has to`, async () => {
    expect(await violation(what)).toMatch(directive);
    expect(page.frames().filter((frame) => frame.url().startsWith('https://example.com/'))).toEqual([]);
  });
}

test('a script that is written into the page does not run', async () => {
  const outcome = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.append('globalThis.ran = true');
      document.head.append(script);
    } catch {
      return 'refused';
    }
    return 'ran' in globalThis ? 'ran' : 'did not run';
  });
  expect(outcome).not.toBe('ran');
});

test('a permission that the page asks for is denied', async () => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'midi'] as PermissionName[];
    const asked = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return [await Notification.requestPermission(), ...asked.map(({ state }) => state)];
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
});
