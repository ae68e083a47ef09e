import { SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import { expiresAt, type ShareRecord, type ShareStatus } from '../history/share-record.ts';
import { BucketAccess, type SignedLink } from '../signing/bucket-access.ts';
import { BucketObject } from '../signing/bucket-object.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { accessTo, linkFields, newRecord, type BucketLocator, type Destination } from './destination.ts';
import { linkOf, type Link } from './link.ts';

/** The shares that were made, by id. */
export interface ShareShelf {
  add(record: ShareRecord): void;
  find(id: string): ShareRecord;
  setLink(record: ShareRecord): void;
  setStatus(id: string, status: ShareStatus): void;
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
  readonly probe: LinkProbe;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
}

/** A link to an object that is there already, and what could not be made sure of it. */
export interface ExistingLink {
  readonly link: Link;
  /** Why the link could not be tried, though it was made: the server does not answer. */
  readonly untried: SandglassError | null;
}

/** A share whose upload was ended, and what was then seen of its object. */
export interface Cancelled {
  readonly record: ShareRecord;
  readonly left: 'nothing' | 'object' | 'unknown';
}

interface TriedLink {
  readonly signed: SignedLink;
  /** Bytes, null where the server does not tell, or why it could not be asked. */
  readonly tried: number | null | SandglassError;
}

/** Makes links to what is in a bucket, and brings back, renews and ends those that were made. */
export class Links {
  readonly #ports: LinkPorts;

  constructor(ports: LinkPorts) {
    this.#ports = ports;
  }

  /**
   * A link to an object that is there already, tried before it is given out, because a link to what is missing or
   * may not be read is dead. Where the server does not answer it is given out untried: signing needs no network.
   * @throws SandglassError no-such-key, access-denied, and what the credentials and the expiry throw
   */
  async link(destination: Destination, key: string, life: RequestedLife): Promise<ExistingLink> {
    const { shelf, locator, clock } = this.#ports;
    const access = await accessTo(destination, locator, clock);
    const { signed, tried } = await this.#tried(access, key, life);
    const untried = tried instanceof SandglassError ? tried : null;
    const size = tried instanceof SandglassError ? null : tried;
    const name = key.split('/').at(-1) ?? key;
    const record = newRecord(
      { name, key, size, status: 'live', path: null },
      access,
      destination.source,
      signed,
    );
    shelf.add(record);
    return { link: linkOf(record, signed.url, signed.endUncertain), untried };
  }

  async #tried(access: BucketAccess, key: string, life: RequestedLife): Promise<TriedLink> {
    const { clock, probe } = this.#ports;
    const { offset } = clock;
    const signed = await access.link(key, life);
    try {
      return { signed, tried: await probe.size(signed.url, access.location.bucket) };
    } catch (error) {
      // Refused for its date, perhaps: the answer has told the server's time, and a second link goes by it.
      if (clock.movedSince(offset)) return this.#tried(access, key, life);
      if (error instanceof SandglassError && error.code === 'wrong-region') await this.#forgetRegion(access);
      return { signed, tried: orUnreachable(error) };
    }
  }

  /**
   * The very link that was given out, letter for letter, derived anew from what history keeps.
   * @throws SandglassError signer-gone, share-not-live, share-unknown
   */
  async copy(id: string): Promise<Link> {
    const record = this.#ports.shelf.find(id);
    assertCopyable(record, this.#ports.clock.now());
    const { url, signer, endUncertain } = await this.#access(record).linkAgain(record.key, record);
    if (signer === record.signer) return linkOf(record, url, endUncertain);
    throw new SandglassError(
      'signer-gone',
      'The key that signed this link is gone: it was renewed or replaced.',
      {
        next: `The link that you gave out may still work, but it cannot be copied. A new one: sandglass extend ${record.id}.`,
      },
    );
  }

  /**
   * A new link to the same object, tried where the server answers. The old one stays valid until its own end.
   * @throws SandglassError share-not-live, share-unknown, no-such-key, access-denied, and what the credentials and the expiry throw
   */
  async extend(id: string, life: RequestedLife): Promise<Link> {
    const found = this.#ports.shelf.find(id);
    assertThere(found);
    const access = this.#access(found);
    // What is still uploading cannot be tried yet.
    const signed =
      found.status === 'live'
        ? (await this.#tried(access, found.key, life)).signed
        : await access.link(found.key, life);
    const record = { ...found, ...linkFields(signed) };
    this.#ports.shelf.setLink(record);
    return linkOf(record, signed.url, signed.endUncertain);
  }

  /** Deletes the object, which is the only way to end a link before its time. */
  async revoke(id: string): Promise<ShareRecord> {
    const record = this.#ports.shelf.find(id);
    await this.#abort(record);
    await this.#object(record).remove();
    this.#ports.shelf.setStatus(record.id, 'revoked');
    return record;
  }

  /**
   * Ends an upload that is under way or was interrupted, also in another process, and drops its parts.
   * @throws SandglassError share-not-live where there is nothing to cancel
   */
  async cancel(id: string): Promise<Cancelled> {
    const record = this.#ports.shelf.find(id);
    const open = record.status === 'uploading' || record.status === 'interrupted' || record.uploadId !== null;
    if (!open) {
      throw new SandglassError('share-not-live', `“${record.name}” is not being uploaded.`, {
        next: `To delete what was uploaded: sandglass revoke ${record.id}.`,
      });
    }
    // First, so that a process which is sending it knows why its parts are refused.
    this.#ports.shelf.setStatus(record.id, 'cancelled');
    try {
      await this.#abort(record);
    } catch (error) {
      this.#ports.shelf.setStatus(record.id, record.status);
      throw error;
    }
    return { record, left: await this.#leftOf(record) };
  }

  async #leftOf(record: ShareRecord): Promise<Cancelled['left']> {
    try {
      await this.#object(record).head();
      return 'object';
    } catch (error) {
      return error instanceof SandglassError && error.code === 'no-such-key' ? 'nothing' : 'unknown';
    }
  }

  #forgetRegion({ location }: BucketAccess): Promise<void> {
    return this.#ports.locator.forget(location.bucket, location.endpoint ? { url: location.endpoint } : {});
  }

  async #abort(record: ShareRecord): Promise<void> {
    if (record.uploadId === null) return;
    try {
      await this.#object(record).abortUpload(record.uploadId);
    } catch (error) {
      if (!(error instanceof SandglassError && error.code === 'upload-gone')) throw error;
    }
    this.#ports.shelf.setUploadId(record.id, null);
  }

  #access(record: ShareRecord): BucketAccess {
    return new BucketAccess(record.location, this.#ports.sourceOf(record.origin), this.#ports.clock);
  }

  #object(record: ShareRecord): BucketObject {
    const access = this.#access(record);
    return new BucketObject(() => access.client(), record.location.bucket, record.key);
  }
}

function orUnreachable(error: unknown): SandglassError {
  if (error instanceof SandglassError && error.retryable) return error;
  throw error;
}

function assertThere(record: ShareRecord): void {
  if (record.status === 'live' || record.status === 'uploading') return;
  const why = {
    interrupted: 'its upload was interrupted',
    failed: 'its upload failed',
    cancelled: 'its upload was cancelled',
    revoked: 'its object was deleted',
  }[record.status];
  throw new SandglassError('share-not-live', `There is nothing behind this link: ${why}.`, {
    next: 'Share the file again.',
  });
}

function assertCopyable(record: ShareRecord, now: number): void {
  assertThere(record);
  if (now < expiresAt(record)) return;
  throw new SandglassError('share-not-live', 'This link has ended.', {
    next: `A new one to the same object: sandglass extend ${record.id}.`,
  });
}
