import type { LifeChoice, ShareRow } from '../../shared/board.ts';
import type { BucketPage, LinkTarget, PageAsked, VersionsPageView } from '../../shared/bucket-view.ts';
import type { Browsing } from '../share/browsing.ts';
import { overridesFor } from '../share/link-overrides.ts';
import type { Links } from '../share/links.ts';
import type { AccountDesk } from './account-desk.ts';
import type { Clipboard, ShareBoard } from './share-board.ts';

export interface BucketBrowserPorts {
  readonly accounts: Pick<AccountDesk, 'dropTarget' | 'ownBuckets'>;
  readonly browsing: Pick<Browsing, 'browse' | 'versions'>;
  readonly links: Pick<Links, 'link'>;
  readonly shares: Pick<ShareBoard, 'row'>;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
}

/** What is in the buckets of the current account already, and links to it. Every method throws SandglassError. */
export class BucketBrowser {
  readonly #ports: BucketBrowserPorts;

  constructor(ports: BucketBrowserPorts) {
    this.#ports = ports;
  }

  /** By name; null where the keys may list none. */
  buckets(): Promise<string[] | null> {
    return this.#ports.accounts.ownBuckets();
  }

  async page({ bucket, prefix, after, limit }: PageAsked): Promise<BucketPage> {
    const destination = this.#ports.accounts.dropTarget({ bucket, prefix });
    const asked = { prefix, limit, after: after ?? undefined };
    const { prefixes, objects, next } = await this.#ports.browsing.browse(destination, asked);
    return { prefixes: [...prefixes], objects: [...objects], next };
  }

  async versions(bucket: string, key: string, after: string | null): Promise<VersionsPageView> {
    const destination = this.#ports.accounts.dropTarget({ bucket, prefix: '' });
    const page = await this.#ports.browsing.versions(destination, key, after ?? undefined);
    return { versions: [...page.versions], next: page.next };
  }

  /** A link to an object that is there, on the clipboard. @throws SandglassError archived where it could not be opened */
  async link({ bucket, key, versionId, wishes }: LinkTarget, life: LifeChoice): Promise<ShareRow> {
    const { accounts, links, clipboard, shares } = this.#ports;
    const { downloadAs, inline, contentType, cacheControl } = wishes;
    const overrides = overridesFor(key, {
      ...{ inline, downloadAs: downloadAs ?? undefined },
      ...{ contentType: contentType ?? undefined, cacheControl: cacheControl ?? undefined },
    });
    const destination = accounts.dropTarget({ bucket, prefix: '' });
    const { link } = await links.link(destination, key, life, overrides, versionId ?? undefined);
    await clipboard.writeText(link.url);
    return shares.row(link.id);
  }
}
