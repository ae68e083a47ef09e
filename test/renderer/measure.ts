import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from '@playwright/test';
import { serveRenderer, type ServedRenderer } from './served-renderer.ts';

/**
 * Measures the renderer over the fake bridge, and prints the numbers as JSON:
 * `node test/renderer/measure.ts [--seconds 20]`. Fails where a promise of the window is broken.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '20' } } });

const LIMITS = { gzippedBytes: 120_000, idleCpuPercent: 1 };

async function opened(
  browser: Browser,
  served: ServedRenderer,
  query: string,
  height: number,
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 480, height } });
  await page.addInitScript({ content: served.injected });
  await page.goto(`${served.url}?${query}`);
  await page.getByRole('row').first().waitFor();
  return page;
}

/** All that the page loads, each file compressed by itself, in bytes. */
async function bundleSize(folder: string): Promise<{ rawBytes: number; gzippedBytes: number }> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  const bodies = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))));
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    rawBytes: sum(bodies.map((body) => body.length)),
    gzippedBytes: sum(bodies.map((body) => gzipSync(body).length)),
  };
}

/** Milliseconds from the navigation to the first row that is drawn, of 10,000. */
async function firstPaint(browser: Browser, served: ServedRenderer) {
  const page = await opened(browser, served, 'rows=many&count=10000', 640);
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
  );
  await page.close();
  return paint === null ? null : Math.round(paint);
}

/** Times between frames, in milliseconds, while 10,000 rows are scrolled through at a steady pace. */
async function scrollFrames(browser: Browser, served: ServedRenderer, pixelsPerFrame: number) {
  const page = await opened(browser, served, 'rows=many&count=10000', 640);
  const frames = await page.evaluate(async (step) => {
    const list = document.querySelector('.list');
    const times: number[] = [];
    let empty = 0;
    let last = await new Promise<number>(requestAnimationFrame);
    for (let frame = 0; frame < 300; frame += 1) {
      list?.scrollBy(0, step);
      const now = await new Promise<number>(requestAnimationFrame);
      times.push(now - last);
      last = now;
      empty += document.querySelectorAll('.hole').length > 0 ? 1 : 0;
    }
    return { times, empty };
  }, pixelsPerFrame);
  await page.close();
  const sorted = frames.times.toSorted((a, b) => a - b);
  const at = (part: number) => Number((sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1));
  return {
    pixelsPerFrame,
    medianMs: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    worstMs: at(1),
    framesWithUnreadRows: frames.empty,
  };
}

/** What the page's own process, and all of Chromium, take of one core while 50 countdowns run and nobody does a thing. */
async function idleCpu(browser: Browser, served: ServedRenderer, seconds: number) {
  const page = await opened(browser, served, 'rows=many&count=50', 50 * 76 + 400);
  const drawn = await page.locator('[data-state="running"], [data-state="last-tenth"]').count();
  await page.waitForTimeout(3_000);
  const session = await browser.newBrowserCDPSession();
  const used = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const of = (wanted: readonly string[]) =>
      processInfo.filter(({ type }) => wanted.includes(type)).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    return { page: of(['renderer']), all: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) };
  };
  const before = await used();
  await page.waitForTimeout(seconds * 1000);
  const after = await used();
  await page.close();
  const percent = (from: number, to: number) => Number((((to - from) / seconds) * 100).toFixed(2));
  return {
    countdowns: drawn,
    seconds,
    pagePercent: percent(before.page, after.page),
    allOfChromiumPercent: percent(before.all, after.all),
  };
}

const folder = await mkdtemp(join(tmpdir(), 'sandglass-renderer-'));
const served = await serveRenderer(folder);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const bundle = await bundleSize(folder);
  const cpu = await idleCpu(browser, served, Number(values.seconds));
  const measured = {
    bundle,
    firstPaintMs: await firstPaint(browser, served),
    scroll: [await scrollFrames(browser, served, 40), await scrollFrames(browser, served, 600)],
    cpu,
  };
  console.log(JSON.stringify(measured, null, 2));
  if (bundle.gzippedBytes > LIMITS.gzippedBytes || cpu.pagePercent > LIMITS.idleCpuPercent)
    process.exitCode = 1;
} finally {
  await browser.close();
  await served.close();
  await rm(folder, { recursive: true });
}
