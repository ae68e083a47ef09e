import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from '@playwright/test';
import { windowWords } from '../../src/shared/words/window.ts';
import { scenes, type Scene } from './scenes.ts';
import { serveRenderer, type ServedRenderer } from './served-renderer.ts';

/**
 * Takes a picture of every scene, light and dark, and lets axe look at it:
 * `node test/renderer/preview.ts [--into FOLDER] [--only NAME]`. Fails where axe finds something, or the page complains.
 */
const { values } = parseArgs({
  options: { into: { type: 'string', default: join(tmpdir(), 'renderer-shots') }, only: { type: 'string' } },
});
const themes = ['light', 'dark'] as const;

async function opened(
  browser: Browser,
  served: ServedRenderer,
  scene: Scene,
  colorScheme: (typeof themes)[number],
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({
    viewport: scene.size ?? { width: 480, height: 640 },
    colorScheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: 2,
  });
  context.setDefaultTimeout(5_000);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript({ content: served.injected });
  await page.goto(`${served.url}?${scene.query}`);
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await scene.prepare?.(page, windowWords);
  return page;
}

async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

async function shoot(browser: Browser, served: ServedRenderer, scene: Scene): Promise<string[]> {
  const complaints: string[] = [];
  for (const theme of themes) {
    const page = await opened(browser, served, scene, theme, complaints);
    await page.screenshot({ path: join(values.into, `${scene.name}-${theme}.png`) });
    complaints.push(...(await axeFindings(page)));
    await page.context().close();
  }
  return complaints.map((complaint) => `${scene.name}: ${complaint}`);
}

const folder = await mkdtemp(join(tmpdir(), 'sandglass-renderer-'));
const served = await serveRenderer(folder);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await mkdir(values.into, { recursive: true });
  const wanted = scenes.filter(({ name }) => values.only === undefined || name.startsWith(values.only));
  const complaints: string[] = [];
  for (const scene of wanted) complaints.push(...(await shoot(browser, served, scene)));
  for (const complaint of complaints) console.error(complaint);
  console.log(
    `${wanted.length * themes.length} pictures in ${values.into}, ${complaints.length} complaints.`,
  );
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await served.close();
  await rm(folder, { recursive: true });
}
