import type { Page } from '@playwright/test';
import type { WindowWords } from '../../src/shared/words/window.ts';
import { presigned } from '../unit/renderer/links.ts';
import { focusRow, openRowMenu } from './row-menu.ts';
import type { Scene } from './scenes.ts';

const NARROW = { width: 380, height: 480 };

const openBuckets = async (page: Page) => {
  await page.keyboard.press('Control+b');
  await page.getByRole('button', { name: 'family-album' }).waitFor();
};

const openBucket = async (page: Page) => {
  await openBuckets(page);
  await page.getByRole('button', { name: 'family-album' }).click();
  await page.getByRole('row').first().waitFor();
};

const inObjectMenu = (item?: 'linkFor' | 'versions') => async (page: Page, words: WindowWords) => {
  await openBucket(page);
  await openRowMenu(page, 'readme.txt');
  if (item) await page.getByRole('menuitem', { name: words.buckets.actions[item] }).click();
};

const dragOverFolder = async (page: Page) => {
  await openBucket(page);
  await focusRow(page, 'photos');
  await page.getByRole('row', { name: 'photos' }).evaluate((row) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'report.pdf'));
    row.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true, bubbles: true }));
  });
};

/** The look into buckets, with its dialogs. */
export const bucketScenes: readonly Scene[] = [
  { name: 'buckets', query: '', prepare: openBuckets },
  { name: 'bucket', query: '', prepare: openBucket },
  { name: 'bucket-narrow', query: '', size: NARROW, prepare: openBucket },
  {
    name: 'bucket-deep',
    query: '',
    prepare: async (page) => {
      await openBucket(page);
      for (const folder of ['handover', '2026']) {
        await focusRow(page, folder);
        await page.keyboard.press('Enter');
      }
      await page.getByRole('row', { name: 'report.pdf' }).hover();
    },
  },
  { name: 'bucket-menu', query: '', prepare: inObjectMenu() },
  {
    name: 'bucket-link',
    query: '',
    prepare: async (page, words) => {
      await inObjectMenu('linkFor')(page, words);
      await page.getByText(words.buckets.link.answer).click();
    },
  },
  {
    name: 'bucket-link-narrow',
    query: '',
    size: NARROW,
    prepare: async (page) => {
      await openBucket(page);
      await focusRow(page, 'readme.txt');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'bucket-versions', query: '', prepare: inObjectMenu('versions') },
  {
    name: 'bucket-archived',
    query: '',
    prepare: async (page) => {
      await openBucket(page);
      await focusRow(page, 'backup-of');
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'bucket-dropping', query: '', prepare: dragOverFolder },
  {
    name: 'bucket-nothing-found',
    query: '',
    prepare: async (page, { buckets }) => {
      await openBucket(page);
      await page.getByLabel(buckets.search).fill('zebra');
      await page.getByText(buckets.nothingFound('zebra')).waitFor();
    },
  },
];

const inspecting =
  (link: () => string) =>
  async (page: Page, { inspect }: WindowWords) => {
    await page.keyboard.press('Control+i');
    await page.getByLabel(inspect.field).fill(link());
  };
const anHourAgo = () => Date.now() - 3_600_000;

/** What is read of pasted links. */
export const inspectScenes: readonly Scene[] = [
  { name: 'inspect-empty', query: '', prepare: inspecting(() => '') },
  {
    name: 'inspect-live',
    query: '',
    size: { width: 480, height: 1100 },
    prepare: inspecting(() => presigned({ signedAt: anHourAgo(), seconds: 7_200 })),
  },
  {
    name: 'inspect-ended',
    query: '',
    prepare: inspecting(() => presigned({ signedAt: anHourAgo(), seconds: 60 })),
  },
  {
    name: 'inspect-token-narrow',
    query: '',
    size: NARROW,
    prepare: inspecting(() =>
      presigned({
        ...{ signedAt: anHourAgo(), seconds: 86_400, accessKeyId: 'ASIAIOSFODNN7EXAMPLE' },
        more: '&x-id=PutObject',
      }),
    ),
  },
  { name: 'inspect-none', query: '', prepare: inspecting(() => 'https://example.org/report.pdf') },
];
