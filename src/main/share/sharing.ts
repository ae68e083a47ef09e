import { basename, resolve } from 'node:path';
import type { RequestedLife } from '../../shared/expiry.ts';
import type { ObjectDescription } from '../../shared/object-description.ts';
import { mayCollide, renderKey } from '../../shared/share.ts';
import type { CredentialSource } from '../credentials/credentials.ts';
import { expiresAt, UNHEARD_UPLOAD, type ShareRecord, type ShareStatus } from '../history/share-record.ts';
import { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject } from '../signing/bucket-object.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { UploadPorts, SourceFile } from '../upload/ports.ts';
import { withRetries } from '../upload/retry-policy.ts';
import { Upload } from '../upload/upload.ts';
import { accessTo, linkFields, newRecord, type BucketLocator, type Destination } from './destination.ts';
import { journalFor, keyRandom, newJournal, ownSince } from './journal.ts';
import { linkOf, type Link } from './link.ts';
import { mendObject } from './missing-tags.ts';
import { recipientHeaders } from './object-headers.ts';
import { beingSent, linkOver, nothingToSend } from './record-standing.ts';
import { PatientRecovery, type RecoveryPorts } from './recovery.ts';
import { RunningShares } from './running-shares.ts';
import { Share } from './share.ts';
import { removeLeftover } from './upload-removal.ts';
import { SignedTarget } from './upload-target.ts';

export interface OpenFile extends SourceFile {
  /** Names the file as it is: another content, or another file, has another stamp. */
  readonly stamp: string;
  /** Reads from the drive that is there now. @throws SandglassError file-missing, file-unreadable, file-changed */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** What sharing remembers. */
export interface ShareLog {
  add(record: ShareRecord): void;
  /** False where the object went with the old link. */
  setLink(record: ShareRecord): boolean;
  /** The row is uploading again; false where somebody else was faster. */
  takeUp(again: ShareRecord, was: Pick<ShareRecord, 'status' | 'holder'>): boolean;
  /** False where the share is not uploading any more. */
  setUploadId(id: string, uploadId: string | null): boolean;
  /** Whether nobody has ended the share. */
  isOpen(id: string): boolean;
  /** Remembers that a person has paused it, with the bytes that had arrived; null where it goes on. */
  setPaused(id: string, bytes: number | null): void;
  /** Ends an upload's row; false where another process has ended it already. */
  settle(id: string, status: ShareStatus): boolean;
}

/** Which process sends what. */
export interface Holding {
  /** This process. */
  readonly id: string;
  /** Whether that process runs. */
  lives(id: string): boolean;
}

type Line = Pick<UploadPorts, 'sender' | 'patience' | 'lanes' | 'turns' | 'throttle'>;

export interface SharingPorts extends Line {
  readonly log: ShareLog;
  readonly holding: Holding;
  readonly locator: BucketLocator;
  readonly clock: ServerClock;
  readonly recovery: RecoveryPorts;
  readonly openFile: (path: string) => Promise<OpenFile>;
  /** Seconds within which each signed request of an upload must be started; an hour where nothing is said. */
  readonly startWithinSeconds?: number;
}

export interface ShareOptions {
  readonly life: RequestedLife;
  readonly keyTemplate: string;
  readonly prefix?: string | undefined;
  /** Sends the file though it is just being sent. */
  readonly again?: boolean;
  /** Tags and metadata, held to S3's rules by `checkedDescription`. */
  readonly description?: ObjectDescription | undefined;
  /** Deletes the object when its link has ended. */
  readonly goneAtEnd?: boolean | undefined;
}

/** Within so many milliseconds a server has done what it was told before the connection was cut. */
const SETTLING_MS = 1_000;

/** All that sending the bytes of a signed share takes. */
interface Sending {
  readonly record: ShareRecord & { readonly journal: NonNullable<ShareRecord['journal']> };
  readonly access: BucketAccess;
  readonly file: OpenFile;
  readonly resign: () => Promise<Link | null>;
  readonly neverOverwrite: boolean;
  readonly ended?: () => void;
}

/** Shares files: the link first, the bytes behind it. */
export class Sharing {
  readonly #ports: SharingPorts;
  readonly #running = new RunningShares();

  constructor(ports: SharingPorts) {
    this.#ports = ports;
  }

  /**
   * Signs the link, writes it into the history, and starts nothing yet: `Share.upload` sends the bytes. Where the
   * bucket's region is known, no network is needed, whatever the file's size. A file that is just being sent to the
   * same place is not sent twice: its running share is given again.
   * @throws SandglassError for the file, the credentials, the expiry, the key or the history
   */
  async share(path: string, destination: Destination, options: ShareOptions): Promise<Share> {
    const file = await this.#ports.openFile(path);
    const { bucket, endpoint, source } = destination;
    const { again = false, ...asked } = options;
    const print = JSON.stringify([file.stamp, basename(path), bucket, endpoint.url, source.origin, asked]);
    const used = new Set<OpenFile>();
    const make = (ended: () => void) => {
      used.add(file);
      return this.#begin(path, file, destination, options, ended);
    };
    const share = await (again ? this.#running.make(print, make) : this.#running.findOrMake(print, make));
    if (!used.has(file)) await file.close();
    return share;
  }

  async #begin(
    path: string,
    file: OpenFile,
    destination: Destination,
    options: ShareOptions,
    ended: () => void,
  ): Promise<Share> {
    const { log, locator, clock, holding } = this.#ports;
    const name = basename(path);
    const access = await accessTo(destination, locator, clock);
    const journal = newJournal(file.size);
    const random = keyRandom(journal.uploadMark);
    const key = renderKey(options.keyTemplate, { name, now: clock.now(), random, prefix: options.prefix });
    const { offset } = clock;
    const signed = await access.link(key, options.life);
    const thing = { name, key, size: file.size, status: 'uploading', path: resolve(path) } as const;
    const { description } = options;
    const own = { ...thing, journal, holder: holding.id, ...(description && { description }) };
    const goneAt = options.goneAtEnd ? { goneAt: signed.expiry.expiresAt } : {};
    const record = { ...newRecord(own, access, destination.source, signed), journal, ...goneAt };
    log.add(record);
    const resign = async () =>
      clock.movedSince(offset) ? this.#resigned(record, access, options.life) : null;
    const link = linkOf(record, signed.url, signed.endUncertain);
    const neverOverwrite = mayCollide(options.keyTemplate);
    return this.#sending(link, { record, access, file, resign, neverOverwrite, ended });
  }

  /**
   * Goes on with a share that failed or was interrupted, also by the end of its process, under the same key, so that
   * the link which was given out works in the end. What the server has already is not sent again.
   * @throws SandglassError share-not-live where there is nothing to send or the link has ended, and for the file
   */
  async resume(record: ShareRecord, source: CredentialSource): Promise<Share> {
    const { log, clock, openFile, holding } = this.#ports;
    if (record.path === null || record.status === 'live' || record.status === 'revoked')
      throw nothingToSend(record);
    if (record.status === 'uploading' && record.holder !== null && holding.lives(record.holder))
      throw beingSent(record);
    const access = new BucketAccess(record.location, source, clock);
    const { offset } = clock;
    const { url, signer, endUncertain } = await access.linkAgain(record.key, record);
    if (expiresAt(record) <= clock.now()) throw linkOver(record);
    const file = await openFile(record.path);
    const journal = journalFor(record, file.size);
    // Of a file that was cut otherwise, nothing on the server is of use.
    if (journal !== record.journal) await removeLeftover(objectOf(record, access), record);
    const uploadId = journal === record.journal ? record.uploadId : null;
    const again = {
      ...record,
      size: file.size,
      status: 'uploading',
      uploadId,
      journal,
      holder: holding.id,
    } as const;
    const life = { kind: 'until', at: record.requestedExpiresAt } as const;
    const resigned = () => this.#resigned(again, access, life);
    if (!log.takeUp(again, record)) throw beingSent(record);
    // The link that was given out keeps its own end; another key cannot derive it again.
    const link = signer === record.signer ? linkOf(again, url, endUncertain) : await resigned();
    const resign = async () => (clock.movedSince(offset) ? resigned() : null);
    return this.#sending(link, { record: again, access, file, resign, neverOverwrite: true });
  }

  #sending(link: Link, { record, access, file, resign, neverOverwrite, ended }: Sending): Share {
    const { log, locator, patience } = this.#ports;
    const target = this.#target(record, access, neverOverwrite);
    const { bucket, endpoint: url } = access.location;
    const { partSize } = record.journal;
    const size = file.size;
    const plan = { size, partSize, partCount: Math.max(1, Math.ceil(size / partSize)) };
    const uploadId = record.uploadId === UNHEARD_UPLOAD ? null : record.uploadId;
    return new Share(link, {
      ...{ file, log, resign, ended: ended ?? (() => undefined) },
      upload: new Upload(this.#uploadPorts(target, file), { plan, uploadId }),
      discard: () => withRetries(() => target.discard(), patience, new AbortController().signal),
      sweep: () => withRetries(() => target.sweepLate(), patience, new AbortController().signal),
      mend: () => mendObject(record, access, plan, patience),
      forgetRegion: () => locator.forget(bucket, url === undefined ? {} : { url }),
    });
  }

  #uploadPorts(target: SignedTarget, file: OpenFile): UploadPorts {
    const { sender, patience, lanes, turns, throttle, recovery } = this.#ports;
    return {
      ...{ target, file, sender, patience, lanes, turns, throttle },
      recovery: new PatientRecovery(recovery, {
        askServer: () => target.confirm(),
        renewCredentials: () => target.renewCredentials(target.renewals),
        reopenFile: () => file.reopen(),
      }),
    };
  }

  async #resigned(record: ShareRecord, access: BucketAccess, life: RequestedLife): Promise<Link> {
    const signed = await access.link(record.key, life);
    const renewed = { ...record, ...linkFields(signed) };
    if (!this.#ports.log.setLink(renewed)) throw linkOver(record);
    return linkOf(renewed, signed.url, signed.endUncertain);
  }

  #target(
    { key, name, id, ...record }: Sending['record'],
    access: BucketAccess,
    neverOverwrite: boolean,
  ): SignedTarget {
    return new SignedTarget(access, {
      ...{ key, neverOverwrite, unheard: record.uploadId === UNHEARD_UPLOAD },
      ...{ since: ownSince({ key, ...record }), startWithinSeconds: this.#ports.startWithinSeconds },
      headers: { ...recipientHeaders(name), ...record.description, uploadMark: record.journal.uploadMark },
      onUploadId: (uploadId) => this.#ports.log.setUploadId(id, uploadId),
      settling: () => this.#ports.patience.sleep(SETTLING_MS, new AbortController().signal),
    });
  }
}

function objectOf(record: ShareRecord, access: BucketAccess): BucketObject {
  return new BucketObject(() => access.client(), access.location.bucket, record.key);
}
