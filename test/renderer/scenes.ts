import type { Page } from '@playwright/test';
import { bucketScenes, inspectScenes } from './view-scenes.ts';

/** A look at the window that is worth a picture and a check for accessibility. */
export interface Scene {
  readonly name: string;
  /** What the fake bridge is to begin with; see injected.ts. */
  readonly query: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly prepare?: (page: Page) => Promise<void>;
}

const NARROW = { width: 380, height: 480 };

const dragOver = async (page: Page) => {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'report.pdf'));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }));
  });
};

const failingSteps = async (page: Page) => {
  await page.evaluate(() => {
    const { fake, pieces } = window as unknown as {
      fake: { handlers: Record<string, unknown> };
      pieces: { failure: (message: string, next: string) => object };
    };
    fake.handlers['testAccount'] = () => ({
      ok: true,
      value: [
        { name: 'put', permission: 's3:PutObject', failure: null },
        { name: 'open-link', permission: 's3:GetObject', failure: null },
        {
          name: 'delete',
          permission: 's3:DeleteObject',
          failure: {
            ...pieces.failure('S3 refused it (AccessDenied).', 'Allow s3:DeleteObject for these keys.'),
            code: 'access-denied',
          },
        },
      ],
    });
  });
  await page.getByLabel('Access key ID').fill('AKIAIOSFODNN7EXAMPLE');
  await page.getByLabel('Secret access key').fill('not-a-real-secret');
  await page.getByLabel('Bucket', { exact: true }).fill('family-album');
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('failed; needs').scrollIntoViewIfNeeded();
};

const extending = async (page: Page) => {
  await page.getByRole('row', { name: 'report.pdf' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New link…' }).click();
};

const extendingUntil = async (page: Page) => {
  await extending(page);
  await page.getByRole('dialog').getByLabel('Until…').check();
};

const toasts = async (page: Page) => {
  await page.evaluate(() => {
    const { fake, pieces } = window as unknown as {
      fake: { handlers: Record<string, unknown> };
      pieces: { failure: (message: string, next: string) => object };
    };
    fake.handlers['pauseShare'] = () => ({
      ok: false,
      failure: pieces.failure('The server did not answer.', 'Look at the network, then try again.'),
    });
  });
  await page.getByRole('row', { name: 'interview' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.getByText('Link copied', { exact: true }).waitFor();
};

export const scenes: readonly Scene[] = [
  { name: 'empty', query: '' },
  { name: 'each-standing', query: 'rows=each', size: { width: 480, height: 1000 } },
  { name: 'main', query: 'rows=each' },
  { name: 'main-mac', query: 'rows=each&platform=darwin' },
  { name: 'many', query: 'rows=many&count=10000' },
  { name: 'narrow', query: 'rows=each', size: NARROW },
  { name: 'narrow-empty', query: '', size: NARROW },
  { name: 'wide', query: 'rows=many&count=40', size: { width: 900, height: 640 } },
  { name: 'limited', query: 'rows=each&limited&memory' },
  {
    name: 'until',
    query: 'rows=each',
    prepare: (page) => page.getByLabel('Until…').check(),
  },
  { name: 'dropping', query: 'rows=each', prepare: dragOver },
  { name: 'toasts', query: 'rows=each', prepare: toasts },
  {
    name: 'hover',
    query: 'rows=each',
    prepare: (page) => page.getByRole('row', { name: 'report.pdf' }).hover(),
  },
  {
    name: 'menu',
    query: 'rows=each',
    prepare: (page) => page.getByRole('row', { name: 'report.pdf' }).click({ button: 'right' }),
  },
  { name: 'extend', query: 'rows=each', prepare: extending },
  { name: 'extend-narrow-until', query: 'rows=each', size: NARROW, prepare: extendingUntil },
  {
    name: 'details',
    query: 'rows=each',
    prepare: async (page) => {
      await page.getByRole('row', { name: 'measurements.csv' }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Details' }).click();
    },
  },
  {
    name: 'revoke',
    query: 'rows=each',
    prepare: async (page) => {
      await page.getByRole('row', { name: 'report.pdf' }).focus();
      await page.keyboard.press('Delete');
    },
  },
  {
    name: 'accounts',
    query: 'rows=each',
    prepare: (page) => page.getByRole('button', { name: 'Account' }).click(),
  },
  {
    name: 'search',
    query: 'rows=many&count=3000',
    prepare: async (page) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('lisbon');
      await page.getByText('250 shares').waitFor();
    },
  },
  {
    name: 'nothing-found',
    query: 'rows=each',
    prepare: async (page) => {
      await page.getByLabel('Search shares').fill('zebra');
      await page.getByText('No share is named').waitFor();
    },
  },
  { name: 'connect', query: 'unconnected' },
  { name: 'connect-narrow', query: 'unconnected', size: NARROW },
  {
    name: 'connect-r2',
    query: 'unconnected&memory',
    prepare: (page) => page.getByLabel('Cloudflare R2').check(),
  },
  {
    name: 'connect-custom-profile',
    query: '',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Connect another…' }).click();
      await page.getByLabel('MinIO, Ceph, other').check();
      await page.getByLabel('A profile of this computer').check();
      await page.getByText('More', { exact: true }).click();
    },
  },
  { name: 'connect-test-failed', query: 'unconnected', prepare: failingSteps },
  { name: 'no-account', query: 'unconnected&rows=each' },
  {
    name: 'keys-again',
    query: 'memory',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Enter the keys of family again…' }).click();
    },
  },
  {
    name: 'leaving-connect',
    query: 'unconnected&rows=each',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Connect a bucket' }).click();
      await page.getByLabel('Secret access key').fill('typed');
      await page.keyboard.press('Escape');
    },
  },
  ...bucketScenes,
  ...inspectScenes,
  {
    name: 'preferences',
    query: 'rows=each',
    prepare: (page) => page.getByRole('button', { name: 'Preferences' }).click(),
  },
];
