import type { Page } from '@playwright/test';

/**
 * Brings a row of the list into view, however short the list is, by its own keys: what is not near is not drawn.
 * @returns nothing; the row has the focus
 */
export async function focusRow(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole('row', { name });
  await page.locator('[role=row][tabindex="0"]').focus();
  for (let steps = 0; steps < 30 && !(await wanted.isVisible()); steps += 1) {
    await page.keyboard.press('ArrowDown');
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await wanted.focus();
}

/** Opens a row's menu from its button, so that no list scrolls beneath it. */
export async function openRowMenu(page: Page, name: string): Promise<void> {
  await focusRow(page, name);
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
}
