import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AxeBuilder } from '@axe-core/playwright';
import {
  GetBucketLifecycleConfigurationCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { plainClient } from '../servers/s3-servers.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop, pictures, setTheme } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;
let client: S3Client;
let app: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  server = await startTemporaryBucket({ buckets: ['drops'] });
  const { endpoint, region, accessKeyId, secretAccessKey } = server;
  client = plainClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops', prefix: 'inbox' });
  ({ app, page } = await desktop.start());
});
test.afterEach(async () => {
  await desktop.uninstall();
  client.destroy();
  await server.close();
});

/** As if every link had been made two days earlier, each for a day; the app sees that another process has written. */
function endedADayAgo(): void {
  const history = new DatabaseSync(join(desktop.home, 'data/history.db'));
  history.exec(`PRAGMA busy_timeout = 5000;
    UPDATE shares SET signed_at = signed_at - 172800000, gone_at = gone_at - 172800000, last_end = last_end - 172800000;`);
  history.close();
}

const row = (name: string) => page.getByRole('row').filter({ hasText: name });

/** What axe finds in the page as it stands, in both themes, a picture of each beside it. */
async function findings(name: string): Promise<string[]> {
  const found: string[] = [];
  await pictures(app, page, name);
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(app, page, theme);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    found.push(
      ...violations.map(({ id, nodes }) => `${theme}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`),
    );
  }
  return found;
}

async function share(name: string): Promise<{ readonly url: string; readonly key: string }> {
  await writeFile(desktop.file(name), `what ${name} says`);
  await drop(page, desktop.file(name));
  await expect(row(name).getByText('The link works')).toBeAttached();
  const url = await clipboardText(app);
  return { url, key: decodeURIComponent(new URL(url).pathname).replace('/drops/', '') };
}

test('tags and metadata go with the next files, and with no later ones', async () => {
  await page.getByRole('button', { name: 'Options…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Options for the next files' });
  await dialog.getByRole('button', { name: 'Add a tag' }).click();
  await dialog.getByLabel('Name of tag 1', { exact: true }).fill('project');
  await dialog.getByLabel('Value of tag 1', { exact: true }).fill('Lisbon 2026');
  await dialog.getByRole('button', { name: 'Add metadata' }).click();
  await dialog.getByLabel('Name of metadata 1', { exact: true }).fill('Author');
  await dialog.getByLabel('Value of metadata 1', { exact: true }).fill('Zoë');
  await dialog.getByRole('button', { name: 'Use for the next files' }).click();
  await expect(dialog.getByRole('alert')).toContainText('characters outside of ASCII');
  expect(await findings('options')).toEqual([]);
  await dialog.getByLabel('Value of metadata 1', { exact: true }).fill('Zoe');
  await dialog.getByRole('button', { name: 'Use for the next files' }).click();
  await expect(page.getByRole('button', { name: 'Options: 1 tag, 1 metadata field' })).toBeVisible();
  const { key } = await share('note.txt');
  const at = { Bucket: 'drops', Key: key };
  const { TagSet } = await client.send(new GetObjectTaggingCommand(at));
  expect(TagSet).toEqual([{ Key: 'project', Value: 'Lisbon 2026' }]);
  const { Metadata } = await client.send(new HeadObjectCommand(at));
  expect(Metadata).toMatchObject({ author: 'Zoe' });
  await expect(page.getByRole('button', { name: 'Options…' })).toBeVisible();
  const later = await share('later.txt');
  const { Metadata: plain = {} } = await client.send(new HeadObjectCommand({ ...at, Key: later.key }));
  expect(Object.keys(plain)).toEqual(['sandglass-upload']);
});

test('what is to go with its link is gone when that ends, and its row says who deleted it', async () => {
  await page.getByRole('button', { name: 'Options…' }).click();
  await page.getByLabel('Delete the file from the bucket when the link ends').check();
  await page.getByRole('button', { name: 'Use for the next files' }).click();
  await expect(page.getByRole('button', { name: 'Options: deleted at the end' })).toBeVisible();
  const { url } = await share('note.txt');
  await expect(row('note.txt')).toContainText('then deleted');
  await page.getByRole('row').first().focus();
  await row('note.txt').getByRole('button', { name: 'All actions for note.txt' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'note.txt' });
  const choice = details.getByLabel('Delete the file from the bucket when the link ends');
  await expect(details).toContainText('The file is deleted');
  await choice.uncheck();
  await expect(details).toContainText('The file stays in the bucket');
  expect(await findings('details')).toEqual([]);
  await choice.check();
  await expect(details).toContainText('The file is deleted');
  await page.keyboard.press('Escape');
  endedADayAgo();
  await expect(row('note.txt')).toContainText('Sandglass deleted the file', { timeout: 30_000 });
  expect((await fetch(url)).status).toBe(404);
  expect(await findings('gone')).toEqual([]);
});

test('the bucket’s own rule is shown before it is set, shown once it is there, and removed; others stay', async () => {
  const foreign = {
    ID: 'theirs',
    Status: 'Enabled',
    Filter: { Prefix: 'logs/' },
    Expiration: { Days: 30 },
  } as const;
  await client.send(
    new PutBucketLifecycleConfigurationCommand({
      ...{ Bucket: 'drops', LifecycleConfiguration: { Rules: [foreign] } },
      ChecksumAlgorithm: 'CRC32',
    }),
  );
  const rules = async () => {
    const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'drops' }));
    return Rules.map(({ ID, Filter, Expiration, AbortIncompleteMultipartUpload: abort }) => [
      ...[ID, Filter?.Prefix, Expiration?.Days, abort?.DaysAfterInitiation],
    ]);
  };
  const theirs = ['theirs', 'logs/', 30, undefined];
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page.getByText('No such rule is set in drops.')).toBeVisible();
  await page.getByRole('button', { name: 'Set the rule…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set this rule?' });
  for (const fact of ['inbox/', 'deleted 8 days after the upload', 'dropped after 7 days', '1; stay as'])
    await expect(dialog).toContainText(fact);
  expect(await rules()).toEqual([theirs]);
  expect(await findings('rule')).toEqual([]);
  await dialog.getByLabel('Days after the upload').fill('3');
  await expect(dialog).toContainText('Links live up to 7 days');
  await dialog.getByRole('button', { name: 'Set the rule' }).click();
  await expect(page.getByText('Set for inbox/ in drops')).toBeVisible();
  expect(await rules()).toEqual(
    expect.arrayContaining([theirs, [expect.stringMatching(/^sandglass-/), 'inbox/', 3, 7]]),
  );
  expect(await findings('rule-set')).toEqual([]);
  await page.getByRole('button', { name: 'Remove the rule for inbox/' }).click();
  await expect(page.getByText('No such rule is set in drops.')).toBeVisible();
  expect(await rules()).toEqual([theirs]);
});
