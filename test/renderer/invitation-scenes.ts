import type { Page } from '@playwright/test';
import type { WindowWords } from '../../src/shared/words/window.ts';
import { openRowMenu } from './row-menu.ts';
import type { Scene } from './scenes.ts';

const NARROW = { width: 380, height: 480 };

const inviting = async (page: Page, { invite }: WindowWords) => {
  await page.getByRole('button', { name: invite.open }).click();
};

const byForm = async (page: Page, words: WindowWords) => {
  await inviting(page, words);
  await page.getByLabel(words.invite.ways.form[0]).check();
  await page.getByLabel(words.invite.largest).fill('20');
};

const invited = async (page: Page, words: WindowWords) => {
  const { invite } = words;
  await inviting(page, words);
  await page.getByLabel(invite.name).fill('quarterly report.pdf');
  await page.getByRole('button', { name: invite.confirm.put }).click();
  await page.getByLabel(invite.ready.line).waitFor();
};

const awaiting = async (page: Page) => {
  await page.evaluate(() => {
    const { fake, pieces } = window as unknown as {
      fake: { rows: object[]; push: (name: string, push: object) => void };
      pieces: { awaitedRows: () => object[] };
    };
    fake.rows = [...pieces.awaitedRows(), ...fake.rows];
    fake.push('sharesListed', {});
  });
  await page.locator('[data-standing="awaited"]').first().waitFor();
};

/** Somebody else is invited to upload. */
export const invitationScenes: readonly Scene[] = [
  { name: 'invite', query: '', prepare: inviting },
  { name: 'invite-narrow', query: '', size: NARROW, prepare: inviting },
  { name: 'invite-form', query: '', prepare: byForm },
  {
    name: 'invite-form-wrong',
    query: '',
    prepare: async (page, words) => {
      await byForm(page, words);
      await page.getByLabel(words.invite.smallest).fill('30');
      await page.getByRole('button', { name: words.invite.confirm.form }).click();
      await page.getByText(words.invite.sizesCrossed).scrollIntoViewIfNeeded();
    },
  },
  { name: 'invited', query: '', prepare: invited },
  { name: 'invited-narrow', query: '', size: NARROW, prepare: invited },
  {
    name: 'invited-by-form',
    query: '',
    prepare: async (page, words) => {
      await byForm(page, words);
      await page.getByRole('button', { name: words.invite.confirm.form }).click();
      await page.getByLabel(words.invite.ready.line).waitFor();
    },
  },
  { name: 'awaited', query: 'rows=each', prepare: awaiting },
  {
    name: 'awaited-menu',
    query: 'rows=each',
    prepare: async (page) => {
      await awaiting(page);
      await openRowMenu(page, 'handover');
    },
  },
];
