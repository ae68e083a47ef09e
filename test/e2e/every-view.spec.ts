import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { misfits } from '../renderer/misfits.ts';
import { scenes, type Scene } from '../renderer/scenes.ts';
import { serveRenderer, type ServedRenderer } from '../renderer/served-renderer.ts';
import { germanWindow } from '../../src/shared/words/german/window.ts';
import { windowWords, type WindowWords } from '../../src/shared/words/window.ts';

/** The page as it ships, over a main process of one object: every view and dialog, in every way it may be looked at. */
const LANGUAGES = { English: windowWords, German: germanWindow } as const;
const AT_ONCE = 3;
const WINDOW = { width: 480, height: 640 };
const CHROMIUM = process.env['STANDIN_CHROMIUM'] ?? '/usr/bin/chromium';

const { source: axeSource } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as {
  source: string;
};
type Axe = (context: Document, options: object) => Promise<{ violations: Violation[] }>;
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

let folder: string;
let served: ServedRenderer;
let browser: Browser;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandglass-renderer-'));
  served = await serveRenderer(folder);
  browser = await chromium.launch({
    ...(existsSync(CHROMIUM) ? { executablePath: CHROMIUM } : { channel: 'chrome' }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});
test.afterAll(async () => {
  await browser.close();
  await served.close();
  await rm(folder, { recursive: true });
});

/** At 200 %, the page has half of the window’s pixels in each direction, as Electron zooms. */
async function opened(scene: Scene, words: WindowWords, zoom: number): Promise<Page> {
  const { width, height } = scene.size ?? WINDOW;
  const context = await browser.newContext({
    viewport: { width: Math.floor((width * 100) / zoom), height: Math.floor((height * 100) / zoom) },
    deviceScaleFactor: zoom / 100,
    locale: words.language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.addInitScript({ content: served.injected });
  await page.addInitScript({ content: axeSource });
  await page.goto(`${served.url}?language=${words.language}&${scene.query}`);
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await scene.prepare?.(page, words);
  return page;
}

/** Colours that fade from one theme to the other are those of neither. */
function withoutFading(): void {
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { transition: none !important; }');
  document.adoptedStyleSheets.push(still);
}

/** What axe finds as the page stands. Colours alone differ from one theme to the other. */
async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(withoutFading);
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const violations = await page.evaluate(async (isSecond) => {
      const { axe } = globalThis as unknown as { axe: { run: Axe } };
      const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
      const { violations: all } = await axe.run(document, {
        resultTypes: ['violations'],
        ...(isSecond ? colours : {}),
      });
      return all.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
    }, theme === 'dark');
    found.push(...violations.map((violation) => `${theme}: ${violation}`));
  }
  return found;
}

/** Where there is least room. */
async function findings(scene: Scene, words: WindowWords): Promise<string[]> {
  const page = await opened(scene, words, 200);
  try {
    const found = [...(await axeFindings(page)), ...(await page.evaluate(misfits))];
    return found.map((finding) => `${scene.name}: ${finding}`);
  } finally {
    await page.context().close();
  }
}

for (const [language, words] of Object.entries(LANGUAGES)) {
  test(`axe finds nothing in any view, and nothing is cut off: ${language} at 200 %`, async () => {
    test.setTimeout(300_000);
    const waiting = [...scenes];
    const found: string[] = [];
    const lane = async () => {
      for (let scene = waiting.shift(); scene; scene = waiting.shift()) {
        found.push(...(await findings(scene, words)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    expect(found).toEqual([]);
  });
}

test('a screen reader is told of each share in one breath, and of no figure that changes every second', async () => {
  const page = await opened({ name: 'main', query: 'rows=each' }, windowWords, 100);
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('interview-final-cut-v3.mov')).toMatchAriaSnapshot(`
    - row "interview-final-cut-v3.mov. The link works when the upload is done":
      - gridcell:
        - text: interview-final-cut-v3.mov
        - paragraph: The link works when the upload is done
        - progressbar "Upload of interview-final-cut-v3.mov"
      - gridcell:
        - button "Copy link"
        - button "Pause"
        - button "All actions for interview-final-cut-v3.mov"
  `);
  await expect(row('report.pdf')).toMatchAriaSnapshot(`
    - row /^report\\.pdf\\. The link works\\. 2 h 14 min left · 3\\.4 MB$/
  `);
  await expect(row('measurements.csv')).toMatchAriaSnapshot(`
    - row /^measurements\\.csv\\. The link works\\. 1[78] min left · 18\\.2 kB · ends with the sign-in$/
  `);
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - heading "Sandglass" [level=1]
    - heading "Drop files here" [level=2]
    - button "Choose files…"
    - group "The link lives":
      - radio "1 day" [checked]
      - paragraph: /Ends tomorrow/
    - heading "Shares" [level=2]
    - text: 10 shares
    - search:
      - textbox "Search shares"
    - grid "Shares"
  `);
  await page.context().close();
});

test('what is cut off, covered or without a name is noticed', async () => {
  const page = await opened({ name: 'main', query: 'rows=each' }, windowWords, 200);
  await page.evaluate(() => {
    const wide = document.createElement('div');
    wide.append(document.createElement('button'), document.createElement('button'));
    const beside = wide.firstElementChild as HTMLElement;
    beside.textContent = 'beside';
    beside.style.marginLeft = '300px';
    document.querySelector('main')?.append(wide);
  });
  expect(await page.evaluate(misfits)).toEqual([expect.stringMatching(/lies beside/)]);
  expect(await axeFindings(page)).toContainEqual(expect.stringContaining('button-name'));
  await page.evaluate(() => {
    const veil = document.createElement('div');
    Object.assign(veil.style, { position: 'fixed', inset: '0' });
    document.body.append(veil);
  });
  expect(await page.evaluate(misfits)).toContainEqual('button “Choose files…” is covered');
  await page.context().close();
});

test('nothing moves for those who want less motion, and something does for all others', async () => {
  const page = await opened({ name: 'main', query: 'rows=each' }, windowWords, 100);
  await page.getByRole('row', { name: 'report.pdf' }).focus();
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').waitFor();
  const longest = () =>
    page.evaluate(() => {
      const seconds = (list: string) => Math.max(...list.split(', ').map(parseFloat));
      const durations = [...document.querySelectorAll('*')].map((element) => {
        const { animationDuration, transitionDuration } = getComputedStyle(element);
        return Math.max(seconds(animationDuration), seconds(transitionDuration));
      });
      return Math.max(...durations);
    });
  expect(await longest()).toBeLessThanOrEqual(0.0001);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await longest()).toBeGreaterThan(0.05);
  await page.context().close();
});

test('what is chosen and how far an upload is can be seen in the system’s own colours', async () => {
  const page = await opened({ name: 'main', query: 'rows=each' }, windowWords, 100);
  await page.emulateMedia({ forcedColors: 'active' });
  const colour = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await colour('input:checked + span')).not.toBe(await colour('input:not(:checked) + span'));
  expect(await colour('[role="progressbar"] > *')).not.toBe(await colour('[role="progressbar"]'));
  await page.screenshot({ path: test.info().outputPath('forced-colours.png') });
  await page.context().close();
});
