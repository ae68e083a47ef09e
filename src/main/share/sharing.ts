import { randomBytes } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import { mayCollide, renderKey } from '../../shared/share.ts';
import { expiresAt, type ShareRecord, type ShareStatus } from '../history/share-record.ts';
import type { CredentialSource } from '../credentials/credentials.ts';
import { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject } from '../signing/bucket-object.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { PartSender, Patience, SourceFile } from '../upload/ports.ts';
import { Upload } from '../upload/upload.ts';
import { accessTo, linkFields, newRecord, type BucketLocator, type Destination } from './destination.ts';
import { linkOf, type Link } from './link.ts';
import { recipientHeaders } from './object-headers.ts';
import { Share } from './share.ts';
import { SignedTarget } from './upload-target.ts';

export interface OpenFile extends SourceFile {
  close(): Promise<void>;
}

/** What sharing remembers. */
export interface ShareLog {
  add(record: ShareRecord): void;
  setLink(record: ShareRecord): void;
  /** The row is uploading again, with the size that its file has now. */
  restart(record: ShareRecord): void;
  /** False where the share is not uploading any more. */
  setUploadId(id: string, uploadId: string | null): boolean;
  /** Whether nobody has ended the share. */
  isOpen(id: string): boolean;
  /** Ends an upload's row; false where another process has ended it already. */
  settle(id: string, status: ShareStatus): boolean;
}

export interface SharingPorts {
  readonly log: ShareLog;
  readonly locator: BucketLocator;
  readonly clock: ServerClock;
  readonly sender: PartSender;
  readonly patience: Patience;
  readonly openFile: (path: string) => Promise<OpenFile>;
}

export interface ShareOptions {
  readonly life: RequestedLife;
  readonly keyTemplate: string;
  readonly prefix?: string | undefined;
}

/** All that sending the bytes of a signed share takes. */
interface Sending {
  readonly record: ShareRecord;
  readonly access: BucketAccess;
  readonly file: OpenFile;
  readonly resign: () => Promise<Link | null>;
  readonly neverOverwrite: boolean;
}

/** Shares files: the link first, the bytes behind it. */
export class Sharing {
  readonly #ports: SharingPorts;

  constructor(ports: SharingPorts) {
    this.#ports = ports;
  }

  /**
   * Signs the link, writes it into the history, and starts nothing yet: `Share.upload` sends the bytes. Where the
   * bucket's region is known, no network is needed, whatever the file's size.
   * @throws SandglassError for the file, the credentials, the expiry, the key or the history
   */
  async share(path: string, destination: Destination, options: ShareOptions): Promise<Share> {
    const { log, locator, clock, openFile } = this.#ports;
    const file = await openFile(path);
    try {
      const access = await accessTo(destination, locator, clock);
      const name = basename(path);
      const random = randomBytes(16).toString('base64url');
      const key = renderKey(options.keyTemplate, { name, now: clock.now(), random, prefix: options.prefix });
      const { offset } = clock;
      const signed = await access.link(key, options.life);
      const thing = { name, key, size: file.size, status: 'uploading', path: resolve(path) } as const;
      const record = newRecord(thing, access, destination.source, signed);
      log.add(record);
      const resign = async () =>
        clock.movedSince(offset) ? this.#resigned(record, access, options.life) : null;
      const link = linkOf(record, signed.url, signed.endUncertain);
      return this.#sending(link, {
        record,
        access,
        file,
        resign,
        neverOverwrite: mayCollide(options.keyTemplate),
      });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Sends the file of a share that failed or was interrupted once more, to the same key, so that the link which was
   * given out works in the end.
   * @throws SandglassError share-not-live where there is no file to send again, signer-gone, and for the file
   */
  async retry(record: ShareRecord, source: CredentialSource): Promise<Share> {
    const { log, clock, openFile } = this.#ports;
    if (record.path === null || record.status === 'live' || record.status === 'revoked')
      throw nothingToSend(record);
    const access = new BucketAccess(record.location, source, clock);
    const { url, signer, endUncertain } = await access.linkAgain(record.key, record);
    if (signer !== record.signer || expiresAt(record) <= clock.now()) throw linkOver(record);
    await this.#dropParts(record, access);
    const file = await openFile(record.path);
    const again: ShareRecord = { ...record, size: file.size, status: 'uploading', uploadId: null };
    try {
      log.restart(again);
    } catch (error) {
      await file.close();
      throw error;
    }
    const link = linkOf(again, url, endUncertain);
    const resign = () => Promise.resolve(null);
    return this.#sending(link, { record: again, access, file, resign, neverOverwrite: true });
  }

  /** The parts of the first try are of no more use, and would be paid for. */
  async #dropParts({ uploadId, key }: ShareRecord, access: BucketAccess): Promise<void> {
    if (uploadId === null) return;
    const object = new BucketObject(() => access.client(), access.location.bucket, key);
    try {
      await object.abortUpload(uploadId);
    } catch (error) {
      if (!(error instanceof SandglassError && error.code === 'upload-gone')) throw error;
    }
  }

  #sending(link: Link, { record, access, file, resign, neverOverwrite }: Sending): Share {
    const { log, sender, patience, locator } = this.#ports;
    const target = this.#target(record, access, neverOverwrite);
    const { bucket, endpoint: url } = access.location;
    return new Share(link, {
      ...{ file, log, resign },
      upload: new Upload({ target, file, sender, patience }),
      discard: () => target.discard(),
      forgetRegion: () => locator.forget(bucket, url === undefined ? {} : { url }),
    });
  }

  async #resigned(record: ShareRecord, access: BucketAccess, life: RequestedLife): Promise<Link> {
    const signed = await access.link(record.key, life);
    const renewed = { ...record, ...linkFields(signed) };
    this.#ports.log.setLink(renewed);
    return linkOf(renewed, signed.url, signed.endUncertain);
  }

  #target(record: ShareRecord, access: BucketAccess, neverOverwrite: boolean): SignedTarget {
    return new SignedTarget(access, {
      key: record.key,
      headers: { ...recipientHeaders(record.name), uploadMark: randomBytes(16).toString('hex') },
      neverOverwrite,
      onUploadId: (uploadId) => this.#ports.log.setUploadId(record.id, uploadId),
    });
  }
}

function linkOver({ name }: ShareRecord): SandglassError {
  return new SandglassError(
    'signer-gone',
    `The link to “${name}” has ended, or the key that signed it is gone.`,
    {
      next: 'Share the file anew.',
    },
  );
}

function nothingToSend(record: ShareRecord): SandglassError {
  return new SandglassError('share-not-live', `There is no file to send again for “${record.name}”.`, {
    next: 'Share it again.',
  });
}
