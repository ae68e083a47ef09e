import type { ElectronApplication, Page } from '@playwright/test';

/**
 * Watches for the page's next drop and the app's next writing to the clipboard, each by the clock of its own process,
 * so that looking takes no part in the time. The function it gives tells the milliseconds between the two.
 */
export async function dropToClipboard(app: ElectronApplication, page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const dropped = () => {
      document.documentElement.dataset['droppedAt'] = String(Date.now());
    };
    addEventListener('drop', dropped, { capture: true, once: true });
  });
  await app.evaluate(({ clipboard }) => {
    const kept = globalThis as unknown as { copiedAt?: number };
    const writeText = clipboard.writeText.bind(clipboard);
    clipboard.writeText = async (...given: Parameters<typeof writeText>) => {
      await writeText(...given);
      kept.copiedAt ??= Date.now();
    };
  });
  return async () => {
    const copiedAt = await app.evaluate(() => (globalThis as unknown as { copiedAt: number }).copiedAt);
    return copiedAt - Number(await page.locator('html').getAttribute('data-dropped-at'));
  };
}
