import type { BucketBrowser } from '../board/bucket-browser.ts';
import type { RequestHandlers } from './request-server.ts';

export interface BrowseRooms {
  readonly browser: BucketBrowser;
  /** The board has changed by what was asked. */
  readonly changed: () => void;
}

/** What answers the window where it looks into buckets. */
export function browseHandlers({ browser, changed }: BrowseRooms) {
  return {
    browseBuckets: () => browser.buckets(),
    browse: (asked) => browser.page(asked),
    listVersions: ({ bucket, key, after }) => browser.versions(bucket, key, after),
    linkObject: async ({ life, ...target }) => {
      const row = await browser.link(target, life);
      changed();
      return row;
    },
  } satisfies Partial<RequestHandlers>;
}
