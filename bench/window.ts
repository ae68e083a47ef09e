/**
 * Measures the window: `npm run bench:ui [-- --seconds 20] [--keys 100000] [--only shares|buckets]`. The page alone over
 * a main process of one object, and the built app as people have it, over a history of 10,000 shares, over one of 50
 * running countdowns, and on a bucket of 100,000 keys in Ceph RGW. Fails where a promise of the window is broken.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { electronCommand } from '../scripts/electron.ts';
import { serveRenderer } from '../test/renderer/served-renderer.ts';
import { appWithBucket, pageAloneWithBucket, type BucketLook } from './window/bucket-scroll.ts';
import { firstPaint, scrollFrames, type FrameTimes } from './window/frame-times.ts';
import { idleCpu, type CpuShares } from './window/process-time.ts';
import { withApp } from './window/running-app.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    keys: { type: 'string', default: '100000' },
    only: { type: 'string' },
  },
});
const KEYS = Number(values.keys);
/** What a server takes for a page of 1,000, in milliseconds, where there is none. */
const PAGE_MS = 60;
const SECONDS = Number(values.seconds);
const LIMITS = { gzippedBytes: 120_000, idleCpuPercent: 1, p99FrameMs: 40 };
const BUILT = join(import.meta.dirname, '../out/renderer');
const MANY = 10_000;
const COUNTDOWNS = 50;
const ROW_HEIGHT = 76;
/** What stands above the list, in pixels. */
const ABOVE = 400;
const SETTLING_MS = 4_000;

/** All that the page loads, each file compressed by itself, in bytes. */
async function bundleBytes(): Promise<number> {
  const entries = await readdir(BUILT, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const bodies = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))));
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}

async function pageAlone(): Promise<{ paint: number | null; slow: FrameTimes }> {
  const folder = await mkdtemp(join(tmpdir(), 'sandglass-renderer-'));
  const served = await serveRenderer(folder);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 480, height: 640 } });
    await page.addInitScript({ content: served.injected });
    await page.goto(`${served.url}?rows=many&count=${MANY}`);
    await page.getByRole('row').first().waitFor();
    return { paint: await firstPaint(page), slow: await scrollFrames(page, 40) };
  } finally {
    await browser.close();
    await served.close();
    await rm(folder, { recursive: true });
  }
}

const appWithMany = () =>
  withApp(MANY, async ({ page, firstRowMs }) => {
    const paint = await firstPaint(page);
    await page.waitForTimeout(SETTLING_MS);
    return { firstRowMs, paint, slow: await scrollFrames(page, 40), fast: await scrollFrames(page, 600) };
  });

/** @param isTall whether the window is as tall as its list, so that every countdown is drawn */
const appWithCountdowns = (isTall: boolean) =>
  withApp(COUNTDOWNS, async ({ app, page }) => {
    const height = isTall ? COUNTDOWNS * ROW_HEIGHT + ABOVE : 640;
    await app.evaluate(({ BrowserWindow }, pixels) => {
      BrowserWindow.getAllWindows()[0]?.setSize(480, pixels);
    }, height);
    await page.waitForTimeout(SETTLING_MS);
    const drawn = await page.locator('[data-state="running"], [data-state="last-tenth"]').count();
    return { drawn, cpu: await idleCpu(app.process().pid ?? 0, SECONDS) };
  });

const ms = (time: number | null) => (time === null ? 'not told' : `${time.toFixed(1)} ms`);
const percent = (share: number) => `${share.toFixed(2)} %`;
const frames = ({ median, p99, worst, framesWithGaps }: FrameTimes) =>
  `p50 ${ms(median)}, p99 ${ms(p99)}, worst ${ms(worst)}; rows not read yet in ${framesWithGaps} of 300`;
const shares = ({ page, main, rest }: CpuShares) =>
  `${percent(page + main)} (page ${percent(page)}, main ${percent(main)}); the browser engine beside it ${percent(rest)}`;

type Table = readonly (readonly [name: string, measured: string])[];
interface Findings {
  readonly table: Table;
  /** The promises that are broken, in sentences. */
  readonly broken: readonly string[];
}

async function sharesFound(): Promise<Findings> {
  const bundle = await bundleBytes();
  const alone = await pageAlone();
  const many = await appWithMany();
  const usual = await appWithCountdowns(false);
  const tall = await appWithCountdowns(true);
  return {
    table: [
      ['bundle, gzipped', `${bundle} bytes`],
      ['page alone, first paint', ms(alone.paint)],
      ['page alone, 10,000 rows, 40 px a frame', frames(alone.slow)],
      ['app, start to first row of 10,000', ms(many.firstRowMs)],
      ['app, navigation to first paint', ms(many.paint)],
      ['app, 10,000 rows, 40 px a frame', frames(many.slow)],
      ['app, 10,000 rows, 600 px a frame', frames(many.fast)],
      [`app idle, ${COUNTDOWNS} shares, ${usual.drawn} countdowns seen`, shares(usual.cpu)],
      [`app idle, ${COUNTDOWNS} shares, ${tall.drawn} countdowns seen`, shares(tall.cpu)],
    ],
    broken: [
      bundle > LIMITS.gzippedBytes && 'The bundle is too large.',
      tall.drawn < COUNTDOWNS && 'Not every countdown was drawn.',
      tall.cpu.page + tall.cpu.main > LIMITS.idleCpuPercent && 'The countdowns take more than 1 % of a core.',
      many.slow.p99 > LIMITS.p99FrameMs && 'Scrolling stutters.',
    ].filter((sentence) => sentence !== false),
  };
}

async function bucketsFound(): Promise<Findings> {
  const alone = await pageAloneWithBucket(KEYS, PAGE_MS);
  const app = await appWithBucket(KEYS);
  const onRgw: Table = app
    ? [
        [`Ceph RGW, ${KEYS} empty objects put`, ms(app.filledMs)],
        ...bucketRows(`app on Ceph RGW, ${KEYS} keys`, app),
      ]
    : [[`app on Ceph RGW, ${KEYS} keys`, 'not measured: Ceph is not installed here']];
  const stutters = app && Math.max(app.slow.p99, app.amongAll.p99) > LIMITS.p99FrameMs;
  return {
    table: [...bucketRows(`page alone, ${KEYS} keys, each page after ${PAGE_MS} ms`, alone), ...onRgw],
    broken: stutters ? ['Scrolling a bucket stutters.'] : [],
  };
}

const bucketRows = (what: string, { firstRowMs, slow, fast, allHeldMs, amongAll }: BucketLook): Table => [
  [`${what}: click to first row`, ms(firstRowMs)],
  [`${what}: 40 px a frame`, frames(slow)],
  [`${what}: 600 px a frame`, frames(fast)],
  [`${what}: all held`, ms(allHeldMs)],
  [`${what}: 40 px a frame among all`, frames(amongAll)],
];

console.log(electronCommand().description);
const findings = [
  ...(values.only === 'buckets' ? [] : [await sharesFound()]),
  ...(values.only === 'shares' ? [] : [await bucketsFound()]),
];
const table = findings.flatMap((found) => found.table);
const width = Math.max(...table.map(([name]) => name.length));
for (const [name, measured] of table) console.log(`${name.padEnd(width)}  ${measured}`);
const broken = findings.flatMap((found) => found.broken);
for (const sentence of broken) console.error(sentence);
process.exitCode = broken.length === 0 ? 0 : 1;
