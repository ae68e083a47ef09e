import { readFile, stat, writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { runLine } from '../integration/command/shell-line.ts';
import { startCephRgw, type CephRgw } from '../servers/ceph-rgw.ts';
import { answerSaveDialog, clipboardText, Desktop, noticeTexts, setTheme } from './desktop.ts';

/** What is looked for by itself is found within so many milliseconds, at the beginning. */
const SOON = { timeout: 25_000 };

test.describe.configure({ timeout: 120_000 });

let rgw: CephRgw;
let desktop: Desktop;
let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  rgw = await startCephRgw();
  const { endpoint, accessKeyId, secretAccessKey } = rgw;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'drops' }));
  client.destroy();
});
test.afterAll(() => rgw.stop());

test.beforeEach(async () => {
  desktop = await Desktop.install();
  await desktop.connect({ ...rgw, bucket: 'drops' });
  ({ app, page } = await desktop.start());
});
test.afterEach(() => desktop.uninstall());

const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const line = () => page.getByLabel('The line for a terminal');
const open = () => page.getByRole('button', { name: 'Invite an upload…' }).click();
const close = () => page.getByRole('button', { name: 'Close' }).click();
const act = async (name: string, label: string) => {
  await row(name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: label }).click();
};

/** A picture in each theme, and what axe finds in it. */
async function findings(name: string): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(app, page, theme);
    await page.screenshot({
      path: test.info().outputPath(`${name}-${theme}.png`),
      animations: 'disabled',
    });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    found.push(
      ...violations.map(({ id, nodes }) => `${theme}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`),
    );
  }
  return found;
}

test('a file that somebody else sends by the line that is shown becomes a share of the same bytes', async () => {
  await open();
  expect(await findings('invite')).toEqual([]);
  await page.getByLabel('Name of the file').fill('in/report.txt');
  await page.getByLabel('Content type').fill('text/plain');
  await page.getByRole('dialog').getByRole('radio', { name: '1 h', exact: true }).check();
  await page.getByRole('button', { name: 'Copy upload link' }).click();
  const shown = await line().inputValue();
  expect(shown).toContain(await clipboardText(app));
  expect(await findings('invited')).toEqual([]);
  await close();
  await expect(row('report.txt')).toContainText(/Waits for an upload · (1 h|59 min) left/);
  await expect(row('report.txt')).toContainText('Whoever has the link may upload until');
  await act('report.txt', 'Look now');
  await expect(page.getByText('Nothing new has arrived')).toBeVisible();
  expect(await findings('awaited')).toEqual([]);

  const content = 'What somebody else had to say.\n';
  await writeFile(desktop.file('mine.txt'), content);
  expect(await runLine(shown, desktop.home, { FILE: 'mine.txt' })).toMatchObject({ code: 0, refusal: null });
  await expect(row('report.txt')).toContainText('31 B', SOON);
  await expect(row('report.txt')).not.toContainText('Waits');
  expect(await findings('arrived')).toEqual([]);
  await expect
    .poll(() => noticeTexts(app))
    .toContain('report.txt has arrived. Its link lives now. Click to copy it.');
  const again = await runLine(shown, desktop.home, { FILE: 'mine.txt' });
  expect(again, 'nobody replaces what has arrived').toMatchObject({
    code: 22,
    refusal: 'PreconditionFailed',
  });
  await row('report.txt').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboardText(app)).toContain('response-content-disposition');
  expect(await (await fetch(await clipboardText(app))).text()).toBe(content);
});

test('a new invitation leads to the same place, and whoever waits no more is told what still holds', async () => {
  await open();
  await page.getByLabel('Name of the file').fill('late.txt');
  await page.getByRole('button', { name: 'Copy upload link' }).click();
  const first = await line().inputValue();
  await close();
  await act('late.txt', 'New invitation…');
  await page.getByRole('dialog').getByRole('radio', { name: '10 min', exact: true }).check();
  await page.getByRole('button', { name: 'Copy new link' }).click();
  await expect(page.getByText('The upload link is on the clipboard.')).toBeVisible();
  const second = await line().inputValue();
  expect(second).not.toBe(first);
  await close();
  await expect(row('late.txt'), 'the first one lives on').toContainText(/(1 d|23 h 59 min) left/);
  await act('late.txt', 'Wait no more');
  await expect(page.getByText(/late\.txt is awaited no more; whoever was invited may still/)).toBeVisible();
  await expect(row('late.txt')).toContainText('Cancelled');
});

test('a form takes what fits its limits, refuses what is too large, and is a page too', async () => {
  await open();
  await page.getByLabel('Files, by a form').check();
  await page.getByLabel('Folder, if any').fill('box');
  await page.getByLabel('Unit').selectOption('kB');
  await page.getByLabel('Largest file').fill('2');
  await page.getByLabel('Content type').fill('text/*');
  expect(await findings('invite-form')).toEqual([]);
  await page.getByRole('button', { name: 'Copy upload line' }).click();
  const shown = await line().inputValue();
  expect(await clipboardText(app)).toBe(shown);
  expect(await findings('invited-form')).toEqual([]);

  const path = desktop.file('upload here.html');
  await answerSaveDialog(app, path);
  await page.getByRole('button', { name: 'Save upload page…' }).click();
  await expect(page.getByText('The page is saved: whoever has it may upload')).toBeVisible();
  expect(await readFile(path, 'utf8')).toContain('Files of type text/*, up to 2 kB each.');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await close();
  await expect(row('Takes uploads')).toContainText('Whoever has the form may upload until');

  const send = async (name: string, content: string) => {
    await writeFile(desktop.file(name), content);
    return runLine(shown, desktop.home, { 'file=@FILE': `file=@${name}`, TYPE: 'plain' });
  };
  expect(await send('large.txt', 'x'.repeat(2_001))).toMatchObject({ code: 22, refusal: 'EntityTooLarge' });
  expect(await send('small.txt', 'fits')).toMatchObject({ code: 0, refusal: null });
  await expect(row('small.txt')).toContainText('4 B', SOON);
  await expect(row('large.txt')).toHaveCount(0);
  await expect(row('Takes uploads'), 'it takes more').toBeVisible();
  await row('small.txt').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboardText(app)).toContain('/small.txt?');
  expect(await (await fetch(await clipboardText(app))).text()).toBe('fits');
});
