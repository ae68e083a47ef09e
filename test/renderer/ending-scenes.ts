import type { Page } from '@playwright/test';
import type { WindowWords } from '../../src/shared/words/window.ts';
import type { Scene } from './scenes.ts';

const NARROW = { width: 380, height: 480 };

const options = async (page: Page, { endings }: WindowWords) => {
  await page.getByRole('button', { name: endings.options, exact: true }).click();
  await page.getByRole('dialog').waitFor();
};

const optionsFilled = async (page: Page, words: WindowWords) => {
  await options(page, words);
  const { endings } = words;
  await page.getByRole('button', { name: endings.addTag }).click();
  await page.getByLabel(endings.tagName(1), { exact: true }).fill('project');
  await page.getByRole('button', { name: endings.addMetadata }).click();
  await page.getByLabel(endings.metadataName(1), { exact: true }).fill('author');
};

const rule = async (page: Page, { endings, preferences }: WindowWords) => {
  await page.getByRole('button', { name: preferences.title }).click();
  await page.getByRole('button', { name: endings.rule.set }).click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
};

/** What ends with a link, and what is stored with a file. */
export const endingScenes: readonly Scene[] = [
  { name: 'options', query: 'rows=each', prepare: options },
  { name: 'options-narrow', query: '', size: NARROW, prepare: options },
  { name: 'options-filled', query: 'rows=each', prepare: optionsFilled },
  { name: 'rule', query: '', prepare: rule },
  {
    name: 'rule-set',
    query: '',
    prepare: async (page, words) => {
      await rule(page, words);
      await page.getByRole('button', { name: words.endings.rule.confirm, exact: true }).click();
      await page.getByText(words.endings.rule.done, { exact: true }).waitFor();
    },
  },
];
