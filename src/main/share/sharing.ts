import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { RequestedLife } from '../../shared/expiry.ts';
import { mayCollide, renderKey } from '../../shared/share.ts';
import type { ShareRecord, ShareStatus } from '../history/share-record.ts';
import type { BucketAccess } from '../signing/bucket-access.ts';
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
    const { log, locator, clock, openFile, sender, patience } = this.#ports;
    const file = await openFile(path);
    try {
      const access = await accessTo(destination, locator, clock);
      const name = basename(path);
      const random = randomBytes(16).toString('base64url');
      const key = renderKey(options.keyTemplate, { name, now: clock.now(), random, prefix: options.prefix });
      const { offset } = clock;
      const signed = await access.link(key, options.life);
      const thing = { name, key, size: file.size, status: 'uploading' } as const;
      const record = newRecord(thing, access, destination.source, signed);
      log.add(record);
      const link = linkOf(record, signed.url, signed.endUncertain);
      const target = this.#target(record, access, mayCollide(options.keyTemplate));
      const upload = new Upload({ target, file, sender, patience });
      const resign = async () =>
        clock.movedSince(offset) ? this.#resigned(record, access, options.life) : null;
      const forgetRegion = () => locator.forget(destination.bucket, destination.endpoint);
      return new Share(link, { upload, file, log, discard: () => target.discard(), resign, forgetRegion });
    } catch (error) {
      await file.close();
      throw error;
    }
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
