import { SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import type { LinkOverrides } from '../../shared/link-overrides.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { Removal, ShareRecord, ShareStatus } from '../history/share-record.ts';
import { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject, type Deletion } from '../signing/bucket-object.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { accessTo, linkFields, newRecord, type BucketLocator, type Destination } from './destination.ts';
import { Arrivals, wasThereBefore } from './arrivals.ts';
import { Invitations, isAwaited } from './invitations.ts';
import { linkOf, type Link } from './link.ts';
import { assertCopyable, assertRevocable, assertThere, linkOver } from './record-standing.ts';
import { triedLink, type ObjectProbe } from './tried-link.ts';
import { removeLeftover } from './upload-removal.ts';

/** The shares that were made, by id. */
export interface ShareShelf {
  add(record: ShareRecord): void;
  find(id: string): ShareRecord;
  /** The share has a new link; false where its object went with the old one. */
  setLink(record: ShareRecord): boolean;
  /** Writes a share anew that was awaited; false where it is awaited no more. */
  setAwaited(record: ShareRecord): boolean;
  setStatus(id: string, status: ShareStatus, removal?: Removal): void;
  setUploadId(id: string, uploadId: string | null): boolean;
}

/** Tries a link as a recipient would. */
export interface LinkProbe {
  /** Bytes of the object behind the link; null where the server does not tell. @throws SandglassError */
  size(url: string, bucket: string): Promise<number | null>;
}

export interface LinkPorts {
  readonly shelf: ShareShelf;
  readonly locator: BucketLocator;
  readonly clock: ServerClock;
  readonly probe: ObjectProbe;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
}

/** A link to an object that is there already, and what could not be made sure of it. */
export interface ExistingLink {
  readonly link: Link;
  /** Why the link could not be tried, though it was made: the server does not answer. */
  readonly untried: SandglassError | null;
}

/** A share whose object was taken away. */
export interface Revoked {
  readonly record: ShareRecord;
  /**
   * `deleted`: no link leads anywhere any more. `hidden`: the bucket keeps versions, so links to the object are dead,
   * while links to one version of it work until their own end, and the bytes stay.
   */
  readonly did: Deletion;
}

/** A share whose upload was ended, and what was then seen of its object. */
export interface Cancelled {
  readonly record: ShareRecord;
  readonly left: 'nothing' | 'object' | 'unknown';
}

/** Makes links to what is in a bucket, and brings back, renews and ends those that were made. */
export class Links {
  /** What somebody else may upload. */
  readonly invitations: Invitations;
  /** What others have uploaded. */
  readonly arrivals: Arrivals;
  readonly #ports: LinkPorts;

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    this.invitations = new Invitations(ports);
    this.arrivals = new Arrivals(ports);
  }

  /**
   * A link to an object that is there already, tried before it is given out, because a link to what is missing or
   * may not be read is dead. Where the server does not answer it is given out untried: signing needs no network.
   * @throws SandglassError no-such-key, access-denied, archived, and what the credentials and the expiry throw
   */
  async link(
    destination: Destination,
    key: string,
    life: RequestedLife,
    overrides?: LinkOverrides,
    versionId?: string,
  ): Promise<ExistingLink> {
    const { shelf, locator, clock } = this.#ports;
    const access = await accessTo(destination, locator, clock);
    const { signed, size, untried } = await triedLink(this.#ports, access, {
      ...{ key, life, overrides, versionId },
    });
    const name = key.split('/').at(-1) ?? key;
    const thing = { name, key, size, status: 'live', path: null, journal: null, holder: null } as const;
    const record = newRecord(
      {
        ...thing,
        ...(overrides === undefined ? {} : { overrides }),
        ...(versionId === undefined ? {} : { versionId }),
      },
      access,
      destination.source,
      signed,
    );
    shelf.add(record);
    return { link: linkOf(record, signed.url, signed.endUncertain), untried };
  }

  /**
   * The very link that was given out, letter for letter, derived anew from what history keeps. Of what is awaited it is
   * the invitation: for a form, its address alone is of no use.
   * @throws SandglassError signer-gone, share-not-live, share-unknown
   */
  async copy(id: string): Promise<Link> {
    const record = this.#ports.shelf.find(id);
    if (isAwaited(record)) return this.invitations.again(record);
    assertCopyable(record, this.#ports.clock.now());
    const { key, overrides } = record;
    const { url, signer, endUncertain } = await this.#access(record).linkAgain(
      key,
      record,
      overrides,
      record,
    );
    if (signer === record.signer) return linkOf(record, url, endUncertain);
    throw new SandglassError(
      'signer-gone',
      'The key that signed this link is gone: it was renewed or replaced.',
      {
        next: 'The link that you gave out may still work, but it cannot be copied. Extend the share for a new one.',
        command: `That is: sandglass extend ${record.id}.`,
      },
    );
  }

  /**
   * A new link to the same object, tried where the server answers. The old one stays valid until its own end.
   * @throws SandglassError share-not-live, share-unknown, no-such-key, access-denied, and what the credentials and the expiry throw
   */
  async extend(id: string, life: RequestedLife): Promise<Link> {
    const found = this.#ports.shelf.find(id);
    if (isAwaited(found)) return this.invitations.extend(found, life);
    assertThere(found);
    const access = this.#access(found);
    // What is still uploading cannot be tried yet.
    const signed =
      found.status === 'live'
        ? (await triedLink(this.#ports, access, { ...found, life })).signed
        : await access.link(found.key, life, found.overrides);
    const record = { ...found, ...linkFields(signed) };
    if (!this.#ports.shelf.setLink(record)) throw linkOver(found);
    return linkOf(record, signed.url, signed.endUncertain);
  }

  /**
   * Deletes the object, which is the only way to end a link before its time. Whoever was invited to upload it may do so
   * again until the invitation's own end.
   * @throws SandglassError share-not-live for a form, which no deleting ends
   */
  async revoke(id: string): Promise<Revoked> {
    const record = this.#ports.shelf.find(id);
    assertRevocable(record);
    await this.dropLeftover(record);
    const did = await this.#object(record).remove(record.versionId);
    this.#ports.shelf.setStatus(record.id, 'revoked', did);
    return { record, did };
  }

  /**
   * Ends an upload that is under way or was interrupted, also in another process, and drops its parts. What is awaited
   * is awaited no more; the invitation itself cannot be taken back.
   * @throws SandglassError share-not-live where there is nothing to cancel
   */
  async cancel(id: string): Promise<Cancelled> {
    const record = this.#ports.shelf.find(id);
    const underWay = ['uploading', 'interrupted', 'awaited'].includes(record.status);
    const open = underWay || record.uploadId !== null;
    if (!open) {
      throw new SandglassError('share-not-live', `“${record.name}” is not being uploaded.`, {
        next: 'Revoke it to delete what was uploaded.',
        command: `That is: sandglass revoke ${record.id}.`,
      });
    }
    // First, so that a process which is sending it knows why its parts are refused.
    this.#ports.shelf.setStatus(record.id, 'cancelled');
    try {
      await this.dropLeftover(record);
    } catch (error) {
      this.#ports.shelf.setStatus(record.id, record.status);
      throw error;
    }
    return { record, left: await this.#leftOf(record) };
  }

  /** Drops what the server may still hold of a share's upload. @throws SandglassError */
  async dropLeftover(record: ShareRecord): Promise<void> {
    if (record.uploadId === null) return;
    await removeLeftover(this.#object(record), record);
    this.#ports.shelf.setUploadId(record.id, null);
  }

  async #leftOf(record: ShareRecord): Promise<Cancelled['left']> {
    try {
      const head = await this.#object(record).head();
      // What was to be replaced is nobody's upload: it is not to be deleted for one.
      return isAwaited(record) && wasThereBefore(head, record) ? 'nothing' : 'object';
    } catch (error) {
      return error instanceof SandglassError && error.code === 'no-such-key' ? 'nothing' : 'unknown';
    }
  }

  #access(record: ShareRecord): BucketAccess {
    return new BucketAccess(record.location, this.#ports.sourceOf(record.origin), this.#ports.clock);
  }

  #object(record: ShareRecord): BucketObject {
    const access = this.#access(record);
    return new BucketObject(() => access.client(), record.location.bucket, record.key);
  }
}
