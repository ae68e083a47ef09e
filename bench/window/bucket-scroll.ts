/**
 * Measures the look into a bucket of 100,000 keys, over a main process of one object that answers each page after the
 * time given: `node bench/window/bucket-scroll.ts [--latency 60]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { serveRenderer } from '../../test/renderer/served-renderer.ts';
import { scrollFrames, type FrameTimes } from './frame-times.ts';

const { values } = parseArgs({ options: { latency: { type: 'string', default: '60' } } });
const LATENCY_MS = Number(values.latency);
const KEYS = 100_000;

async function openBucket(page: Page): Promise<number> {
  await page.keyboard.press('Control+b');
  const bucket = page.getByRole('button', { name: 'family-album' });
  await bucket.waitFor();
  const startedAt = Date.now();
  await bucket.click();
  await page.getByRole('row', { name: 'key-000000' }).waitFor();
  return Date.now() - startedAt;
}

const fillBucket = (page: Page) =>
  page.evaluate(
    ([count, latency]) => {
      interface Fake {
        bucket: { objects: object[]; page: (asked: never) => unknown };
        handlers: Record<string, (asked: never) => unknown>;
      }
      const { fake } = window as unknown as { fake: Fake };
      fake.bucket.objects = Array.from({ length: count }, (_, at) => {
        const key = `key-${String(at).padStart(6, '0')}.jpg`;
        return {
          key,
          name: key,
          size: at,
          lastModified: Date.now() - at,
          storageClass: 'STANDARD',
          archived: false,
        };
      });
      fake.bucket.page({ prefix: '', after: null, limit: 1 } as never);
      fake.handlers['browse'] = (asked) =>
        new Promise((resolve) => {
          setTimeout(() => {
            resolve({ ok: true, value: fake.bucket.page(asked) });
          }, latency);
        });
    },
    [KEYS, LATENCY_MS] as const,
  );

/** Scrolls to what is held until all of it is. @returns milliseconds */
async function readToTheEnd(page: Page): Promise<number> {
  const startedAt = Date.now();
  await page.evaluate(async () => {
    const list = document.querySelector('.list');
    const rows = document.querySelector('[role="grid"]');
    while (Number(rows?.getAttribute('aria-rowcount')) < 100_000 || document.querySelector('.hole')) {
      list?.scrollTo(0, list.scrollHeight);
      await new Promise(requestAnimationFrame);
    }
  });
  return Date.now() - startedAt;
}

const told = ({ median, p99, worst, framesWithGaps }: FrameTimes) =>
  `p50 ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${worst.toFixed(1)} ms; rows not read yet in ${framesWithGaps} of 300`;

const folder = await mkdtemp(join(tmpdir(), 'sandglass-renderer-'));
const served = await serveRenderer(folder);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 480, height: 640 } });
  await page.addInitScript({ content: served.injected });
  await page.goto(served.url);
  await fillBucket(page);
  console.log(`first row after ${await openBucket(page)} ms, each page of 1,000 after ${LATENCY_MS} ms`);
  console.log(`40 px a frame:  ${told(await scrollFrames(page, 40))}`);
  console.log(`600 px a frame: ${told(await scrollFrames(page, 600))}`);
  console.log(`all ${KEYS} keys held after ${await readToTheEnd(page)} ms more`);
  console.log(`40 px a frame among all of them, from the start: ${await fromTheStart(page)}`);
} finally {
  await browser.close();
  await served.close();
  await rm(folder, { recursive: true });
}

async function fromTheStart(page: Page): Promise<string> {
  await page.evaluate(() => document.querySelector('.list')?.scrollTo(0, 0));
  return told(await scrollFrames(page, 40));
}
