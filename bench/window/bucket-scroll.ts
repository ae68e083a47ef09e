import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { Desktop } from '../../test/e2e/desktop.ts';
import { serveRenderer } from '../../test/renderer/served-renderer.ts';
import { cephRgwIsInstalled, startCephRgw } from '../../test/servers/ceph-rgw.ts';
import { scrollFrames, type FrameTimes } from './frame-times.ts';
import { fillBucket, keyOf } from './many-keys.ts';

/** What a look into a bucket of so many keys takes. Times are in milliseconds. */
export interface BucketLook {
  readonly keys: number;
  /** From the click on the bucket to its first row. */
  readonly firstRowMs: number;
  readonly slow: FrameTimes;
  readonly fast: FrameTimes;
  /** Until every key is held, scrolling to what is held again and again. */
  readonly allHeldMs: number;
  /** The slow scroll again, from the start, among all of them. */
  readonly amongAll: FrameTimes;
}

async function look(page: Page, bucket: string, keys: number): Promise<BucketLook> {
  await page.keyboard.press('Control+b');
  const name = page.getByRole('button', { name: bucket });
  await name.waitFor();
  const startedAt = performance.now();
  await name.click();
  await page.getByRole('row', { name: keyOf(0) }).waitFor();
  const firstRowMs = performance.now() - startedAt;
  const slow = await scrollFrames(page, 40);
  const fast = await scrollFrames(page, 600);
  const allHeldMs = await readToTheEnd(page, keys);
  await page.evaluate(() => document.querySelector('.list')?.scrollTo(0, 0));
  return { keys, firstRowMs, slow, fast, allHeldMs, amongAll: await scrollFrames(page, 40) };
}

/** Scrolls to what is held until all of it is. @returns milliseconds */
async function readToTheEnd(page: Page, keys: number): Promise<number> {
  const startedAt = performance.now();
  await page.evaluate(async (count) => {
    const list = document.querySelector('.list');
    const rows = document.querySelector('[role="grid"]');
    while (Number(rows?.getAttribute('aria-rowcount')) < count || document.querySelector('.hole')) {
      list?.scrollTo(0, list.scrollHeight);
      await new Promise(requestAnimationFrame);
    }
  }, keys);
  return performance.now() - startedAt;
}

/** @param latencyMs after which a main process of one object answers each page */
export async function pageAloneWithBucket(keys: number, latencyMs: number): Promise<BucketLook> {
  const folder = await mkdtemp(join(tmpdir(), 'sandglass-renderer-'));
  const served = await serveRenderer(folder);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 480, height: 640 } });
    await page.addInitScript({ content: served.injected });
    await page.goto(served.url);
    await pretendBucket(
      page,
      Array.from({ length: keys }, (_, place) => keyOf(place)),
      latencyMs,
    );
    return await look(page, 'family-album', keys);
  } finally {
    await browser.close();
    await served.close();
    await rm(folder, { recursive: true });
  }
}

const pretendBucket = (page: Page, keys: readonly string[], latencyMs: number) =>
  page.evaluate(
    ([names, latency]) => {
      interface Fake {
        bucket: { objects: object[]; page: (asked: never) => unknown };
        handlers: Record<string, (asked: never) => unknown>;
      }
      const { fake } = window as unknown as { fake: Fake };
      const known = { storageClass: 'STANDARD', archived: false, lastModified: Date.now() };
      fake.bucket.objects = names.map((key, size) => ({ ...known, key, name: key, size }));
      fake.handlers['browse'] = (asked) =>
        new Promise((resolve) => {
          setTimeout(() => {
            resolve({ ok: true, value: fake.bucket.page(asked) });
          }, latency);
        });
    },
    [keys, latencyMs] as const,
  );

/** The built app on a real server. Null where Ceph is not installed. */
export async function appWithBucket(
  keys: number,
): Promise<(BucketLook & { readonly filledMs: number }) | null> {
  if (!cephRgwIsInstalled()) return null;
  const rgw = await startCephRgw();
  const desktop = await Desktop.install();
  try {
    const filledMs = await fillBucket(rgw, 'album', keys);
    await desktop.connect({ ...rgw, bucket: 'album' });
    const { page } = await desktop.start();
    return { ...(await look(page, 'album', keys)), filledMs };
  } finally {
    await desktop.uninstall();
    await rgw.stop();
  }
}
