import type { Page } from '@playwright/test';
import type { WindowWords } from '../../src/shared/words/window.ts';
import { endingScenes } from './ending-scenes.ts';
import { invitationScenes } from './invitation-scenes.ts';
import { openRowMenu } from './row-menu.ts';
import { bucketScenes, inspectScenes } from './view-scenes.ts';

/** A look at the window that is worth a picture and a check for accessibility. */
export interface Scene {
  readonly name: string;
  /** What the fake bridge is to begin with; see injected.ts. */
  readonly query: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** @param words of the language that the page speaks */
  readonly prepare?: (page: Page, words: WindowWords) => Promise<void>;
}

const NARROW = { width: 380, height: 480 };

const dragOver = async (page: Page) => {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'report.pdf'));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }));
  });
};

const failingSteps = async (page: Page, { connect }: WindowWords) => {
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
  await page.getByLabel(connect.accessKeyId).fill('AKIAIOSFODNN7EXAMPLE');
  await page.getByLabel(connect.secret).fill('not-a-real-secret');
  await page.getByLabel(connect.bucket, { exact: true }).fill('family-album');
  await page.getByRole('button', { name: connect.test, exact: true }).click();
  await page.getByText(connect.stepDenied('s3:DeleteObject')).scrollIntoViewIfNeeded();
};

const extending = async (page: Page, { actions }: WindowWords) => {
  await openRowMenu(page, 'report.pdf');
  await page.getByRole('menuitem', { name: actions.extend }).click();
};

const extendingUntil = async (page: Page, words: WindowWords) => {
  await extending(page, words);
  await page.getByRole('dialog').getByLabel(words.life.until).check();
};

const toasts = async (page: Page, { told }: WindowWords) => {
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
  await page.getByText(told.copied, { exact: true }).waitFor();
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
    prepare: (page, { life }) => page.getByLabel(life.until).check(),
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
    prepare: (page) => openRowMenu(page, 'report.pdf'),
  },
  { name: 'extend', query: 'rows=each', prepare: extending },
  { name: 'extend-narrow-until', query: 'rows=each', size: NARROW, prepare: extendingUntil },
  {
    name: 'details',
    query: 'rows=each',
    prepare: async (page, { actions }) => {
      await openRowMenu(page, 'measurements.csv');
      await page.getByRole('menuitem', { name: actions.details }).click();
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
    prepare: (page, { accounts }) => page.getByRole('button', { name: `${accounts.switcher}:` }).click(),
  },
  {
    name: 'search',
    query: 'rows=many&count=3000',
    prepare: async (page, { shares }) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('lisbon');
      await page.getByText(shares.count(250, '250')).waitFor();
    },
  },
  {
    name: 'nothing-found',
    query: 'rows=each',
    prepare: async (page, { shares }) => {
      await page.getByLabel(shares.search).fill('zebra');
      await page.getByText(shares.nothingFound('zebra')).waitFor();
    },
  },
  { name: 'connect', query: 'unconnected' },
  { name: 'connect-narrow', query: 'unconnected', size: NARROW },
  {
    name: 'connect-r2',
    query: 'unconnected&memory',
    prepare: (page, { connect }) => page.getByLabel(connect.providers.r2).check(),
  },
  {
    name: 'connect-custom-profile',
    query: '',
    prepare: async (page, { accounts, connect }) => {
      await page.getByRole('button', { name: `${accounts.switcher}:` }).click();
      await page.getByRole('menuitem', { name: accounts.another }).click();
      await page.getByLabel(connect.providers.custom).check();
      await page.getByLabel(connect.keysProfile).check();
      await page.getByText(connect.more, { exact: true }).click();
    },
  },
  { name: 'connect-test-failed', query: 'unconnected', prepare: failingSteps },
  { name: 'no-account', query: 'unconnected&rows=each' },
  {
    name: 'keys-again',
    query: 'memory',
    prepare: async (page, { accounts }) => {
      await page.getByRole('button', { name: `${accounts.switcher}:` }).click();
      await page.getByRole('menuitem', { name: accounts.renew('family') }).click();
    },
  },
  {
    name: 'leaving-connect',
    query: 'unconnected&rows=each',
    prepare: async (page, { connect }) => {
      await page.getByRole('button', { name: connect.title }).click();
      await page.getByLabel(connect.secret).fill('typed');
      await page.keyboard.press('Escape');
    },
  },
  ...bucketScenes,
  ...invitationScenes,
  ...endingScenes,
  ...inspectScenes,
  {
    name: 'preferences',
    query: 'rows=each',
    prepare: (page, { preferences }) => page.getByRole('button', { name: preferences.title }).click(),
  },
];
