import { shell } from 'electron';
import { SandglassError } from '../../shared/errors.ts';

/** Every page that the app may open in the person's own browser, by a name. No address comes from anywhere else. */
export const OUTSIDE_PAGES = {
  'presigned-links': 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html',
} as const;

export type OutsidePage = keyof typeof OUTSIDE_PAGES;

/** @throws SandglassError bad-usage where no page has that name; Error where no browser can be opened */
export async function openOutside(page: OutsidePage): Promise<void> {
  if (!Object.hasOwn(OUTSIDE_PAGES, page)) {
    throw new SandglassError('bad-usage', 'Sandglass knows no such page.', { next: 'Please report it.' });
  }
  await shell.openExternal(OUTSIDE_PAGES[page]);
}
