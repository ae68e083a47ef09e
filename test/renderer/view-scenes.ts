import type { Page } from '@playwright/test';
import { presigned } from '../unit/renderer/links.ts';
import type { Scene } from './scenes.ts';

const NARROW = { width: 380, height: 480 };

const openBuckets = async (page: Page) => {
  await page.keyboard.press('Control+b');
  await page.getByRole('button', { name: 'family-album' }).waitFor();
};

const openBucket = async (page: Page) => {
  await openBuckets(page);
  await page.getByRole('button', { name: 'family-album' }).click();
  await page.getByRole('row', { name: 'readme.txt' }).waitFor();
};

const inObjectMenu = (name: string) => async (page: Page) => {
  await openBucket(page);
  await page.getByRole('row', { name: 'readme.txt' }).click({ button: 'right' });
  if (name !== '') await page.getByRole('menuitem', { name }).click();
};

const dragOverFolder = async (page: Page) => {
  await openBucket(page);
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
      await page.getByRole('row', { name: 'handover' }).dblclick();
      await page.getByRole('row', { name: '2026' }).dblclick();
      await page.getByRole('row', { name: 'report.pdf' }).hover();
    },
  },
  { name: 'bucket-menu', query: '', prepare: inObjectMenu('') },
  {
    name: 'bucket-link',
    query: '',
    prepare: async (page) => {
      await inObjectMenu('Copy link for…')(page);
      await page.getByText('What the recipient gets').click();
    },
  },
  {
    name: 'bucket-link-narrow',
    query: '',
    size: NARROW,
    prepare: async (page) => {
      await openBucket(page);
      await page.getByRole('row', { name: 'readme.txt' }).focus();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'bucket-versions', query: '', prepare: inObjectMenu('Versions…') },
  {
    name: 'bucket-archived',
    query: '',
    prepare: async (page) => {
      await openBucket(page);
      await page.getByRole('row', { name: 'backup-of' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'bucket-dropping', query: '', prepare: dragOverFolder },
  {
    name: 'bucket-nothing-found',
    query: '',
    prepare: async (page) => {
      await openBucket(page);
      await page.getByLabel('Name begins with…').fill('zebra');
      await page.getByText('No name here begins with').waitFor();
    },
  },
];

const inspecting = (link: () => string) => async (page: Page) => {
  await page.keyboard.press('Control+i');
  await page.getByLabel('A presigned link').fill(link());
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
