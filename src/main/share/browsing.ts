import type { CredentialSource } from '../credentials/credentials.ts';
import type { BucketAccess } from '../signing/bucket-access.ts';
import {
  BucketContents,
  type ContentsPage,
  type ListedObject,
  type PageAsked,
} from '../signing/bucket-contents.ts';
import { listBuckets } from '../signing/bucket-list.ts';
import type { Endpoint } from '../signing/location.ts';
import { objectStanding, type ObjectStanding } from '../signing/object-standing.ts';
import { ObjectVersions, type VersionsPage } from '../signing/object-versions.ts';
import type { ClientFor } from '../signing/region-finder.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { accessTo, type BucketLocator, type Destination } from './destination.ts';

export interface BrowsingPorts {
  readonly locator: BucketLocator;
  readonly clock: ServerClock;
  readonly clientFor: ClientFor;
}

/** Looks into buckets, for what is there already and may be shared. Every method throws SandglassError. */
export class Browsing {
  readonly #ports: BrowsingPorts;
  /** What the last first page was asked of: the pages that follow need no new connection. */
  #paging: { readonly place: string; readonly access: BucketAccess } | null = null;

  constructor(ports: BrowsingPorts) {
    this.#ports = ports;
  }

  /** The buckets that the keys may list, by name; null where they may not, and a bucket must be named. */
  async buckets(endpoint: Endpoint, source: CredentialSource): Promise<string[] | null> {
    return listBuckets(endpoint, await source.resolve(), this.#ports.clientFor);
  }

  /** A page of what stands under a prefix; a prefix that ends within a name searches by how names begin. */
  async browse(destination: Destination, asked: PageAsked): Promise<ContentsPage> {
    const access = await this.#accessFor(destination, asked.after !== undefined);
    return new BucketContents(() => access.client(), destination.bucket).page(asked);
  }

  /** Every page, one at a time: the next is asked for when this one was taken. */
  async *pages(destination: Destination, asked: Omit<PageAsked, 'after'>): AsyncGenerator<ContentsPage> {
    const access = await accessTo(destination, this.#ports.locator, this.#ports.clock);
    const contents = new BucketContents(() => access.client(), destination.bucket);
    let after: string | null = null;
    do {
      const page: ContentsPage = await contents.page({ ...asked, after: after ?? undefined });
      yield page;
      after = page.next;
    } while (after !== null);
  }

  /** A page of the versions of one object, newest first. @param after `next` of the page before */
  async versions(destination: Destination, key: string, after?: string): Promise<VersionsPage> {
    const access = await accessTo(destination, this.#ports.locator, this.#ports.clock);
    return new ObjectVersions(() => access.client(), destination.bucket).page(key, after);
  }

  /** What one object, or a version of it, tells of itself: before a link is made, whether it is archived. */
  async look(destination: Destination, key: string, versionId?: string): Promise<ObjectStanding> {
    const access = await accessTo(destination, this.#ports.locator, this.#ports.clock);
    return objectStanding(() => access.client(), destination.bucket, key, versionId);
  }

  /** A first page takes the credentials as they are now. */
  async #accessFor(destination: Destination, isFollowing: boolean): Promise<BucketAccess> {
    const { bucket, endpoint, source } = destination;
    const place = JSON.stringify([bucket, endpoint, source.origin]);
    if (isFollowing && this.#paging?.place === place) return this.#paging.access;
    const access = await accessTo(destination, this.#ports.locator, this.#ports.clock);
    this.#paging = { place, access };
    return access;
  }
}

export type { ContentsPage, ListedObject, ObjectStanding, PageAsked, VersionsPage };
