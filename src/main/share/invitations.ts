import { randomBytes } from 'node:crypto';
import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import type { InvitationTerms } from '../../shared/invitation.ts';
import { refusalError } from '../../shared/s3-refusal.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';
import { BucketAccess, type SignedLink } from '../signing/bucket-access.ts';
import type { ObjectHead } from '../signing/bucket-object.ts';
import { accessTo, linkFields, newRecord, type Destination } from './destination.ts';
import { checkPutWishes, formLimits, type FormWishes, type PutWishes } from './invitation-wishes.ts';
import { linkOf, type Link } from './link.ts';
import type { LinkPorts } from './links.ts';
import { headOf, NOTHING_SENT } from './uploaded-object.ts';

/** What somebody else is given to upload with: a link to PUT one object to, or a form. */
export interface UploadInvitation extends Link {
  readonly terms: InvitationTerms;
  /** What must be sent just as it is: the headers of a PUT, or the fields of a form before the file. */
  readonly sent: Readonly<Record<string, string>>;
}

/** A fresh invitation, and what could not be made sure of it. */
export interface FreshInvitation {
  readonly invitation: UploadInvitation;
  /** Why nobody could look whether the key is free: the server does not answer. */
  readonly unchecked: SandglassError | null;
}

export type AwaitedRecord = ShareRecord & { readonly invitation: InvitationTerms };
type PutTerms = InvitationTerms & { readonly way: 'put' };
type Replaced = NonNullable<PutTerms['replaces']>;
/** What was found under a key, and why nobody could look. */
type Looked = Pick<FreshInvitation, 'unchecked'> & { readonly replaces?: Replaced };
type Signed = SignedLink & { readonly sent: Readonly<Record<string, string>> };

/** Lets somebody else upload. */
export class Invitations {
  readonly #ports: Omit<LinkPorts, 'probe'>;

  constructor(ports: Omit<LinkPorts, 'probe'>) {
    this.#ports = ports;
  }

  /**
   * A link by which one object may be uploaded. The key must be free, and unless wished otherwise the link carries
   * `If-None-Match: *`, which the uploader must send: S3 then never overwrites.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
   * @throws SandglassError key-taken, bad-usage, and what the credentials and the expiry throw
   */
  async byLink(destination: Destination, key: string, wishes: PutWishes): Promise<FreshInvitation> {
    checkPutWishes(key, wishes);
    const access = await this.#access(destination);
    const { overwrite = false, contentType = null, linkLife } = wishes;
    const { unchecked, ...found } = await this.#look(access, key, !overwrite);
    const terms = { way: 'put', contentType, neverOverwrite: !overwrite, linkLife, ...found } as const;
    const { headers, ...signed } = await access.uploadLink(key, wishes.life, putTerms(terms));
    const name = key.split('/').at(-1) ?? key;
    const invitation = this.#added({ name, key, terms }, destination, access, { ...signed, sent: headers });
    return { invitation, unchecked };
  }

  /**
   * A form by which files may be uploaded, within limits, into a new folder below the prefix. The folder's name is
   * random because a POST cannot be told never to overwrite: nothing lies there yet.
   * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
   * @param prefix empty, or ending with a slash
   * @throws SandglassError bad-usage, and what the credentials and the expiry throw
   */
  async byForm(destination: Destination, prefix: string, wishes: FormWishes): Promise<FreshInvitation> {
    const limits = formLimits(`${prefix}${randomBytes(16).toString('base64url')}/`, wishes);
    const access = await this.#access(destination);
    const { unchecked } = await this.#look(access, limits.folder, false);
    const { fields, ...signed } = await access.form(limits, wishes.life);
    const { folder: key, ...terms } = { ...limits, way: 'form' as const, linkLife: wishes.linkLife };
    const name = prefix.split('/').at(-2) ?? destination.bucket;
    const invitation = this.#added({ name, key, terms }, destination, access, { ...signed, sent: fields });
    return { invitation, unchecked };
  }

  /**
   * The very invitation that was given out, derived anew from what history keeps.
   * @throws SandglassError signer-gone, share-not-live
   */
  async again(record: AwaitedRecord): Promise<UploadInvitation> {
    // An earlier link of a longer life may live on; the one that would be derived here has ended.
    if (expiresAt(record) <= this.#ports.clock.now()) throw ended(record);
    const access = this.#accessOf(record);
    const terms = record.invitation;
    const { signer, endUncertain, url, ...signed } =
      terms.way === 'put'
        ? await access.uploadLinkAgain(record.key, record, putTerms(terms))
        : await access.formAgain({ ...terms, folder: record.key }, record);
    if (signer === record.signer)
      return {
        ...linkOf(record, url, endUncertain),
        terms,
        sent: 'headers' in signed ? signed.headers : signed.fields,
      };
    throw new SandglassError(
      'signer-gone',
      'The key that signed this invitation is gone: it was renewed or replaced.',
      {
        next: 'What you gave out may still work, but it cannot be copied. Extend it for a new one.',
        command: `That is: sandglass extend ${record.id}.`,
      },
    );
  }

  /** A new invitation to the same place; the old one keeps its own end. @throws SandglassError share-not-live, and as above */
  async extend(record: AwaitedRecord, life: RequestedLife): Promise<UploadInvitation> {
    const access = this.#accessOf(record);
    const { key, invitation: before } = record;
    const { sent, ...signed } = await signedAnew(access, key, before, life);
    const uploadEndsAt = Math.max(before.uploadEndsAt, signed.expiry.expiresAt);
    const renewed = { ...record, ...linkFields(signed), invitation: { ...before, uploadEndsAt } };
    if (!this.#ports.shelf.setAwaited(renewed)) throw awaitedNoMore(record);
    return { ...linkOf(renewed, signed.url, signed.endUncertain), terms: renewed.invitation, sent };
  }

  #added(
    { name, key, terms }: { name: string; key: string; terms: TermsWithoutEnd },
    { source }: Destination,
    access: BucketAccess,
    { sent, ...signed }: Signed,
  ): UploadInvitation {
    const invitation = { ...terms, uploadEndsAt: signed.expiry.expiresAt };
    const thing = { ...NOTHING_SENT, name, key, size: null, status: 'awaited', invitation } as const;
    const record = newRecord(thing, access, source, signed);
    this.#ports.shelf.add(record);
    return { ...linkOf(record, signed.url, signed.endUncertain), terms: invitation, sent };
  }

  /** Asks the server before anything is signed: the answer tells whether the key is free, and the server's time. */
  async #look(access: BucketAccess, key: string, mustBeFree: boolean): Promise<Looked> {
    const { locator } = this.#ports;
    const { bucket, endpoint } = access.location;
    try {
      const head = await headOf(access, key);
      if (head === null) return { unchecked: null };
      if (!mustBeFree) return { unchecked: null, replaces: replacedBy(head) };
    } catch (error) {
      const failure = asSandglassError(error);
      // Keys without s3:ListBucket are refused where nothing is; If-None-Match alone must do.
      if (failure.code === 'access-denied') return { unchecked: null, replaces: 'unseen' };
      if (failure.retryable) return { unchecked: failure, replaces: 'unseen' };
      if (failure.code === 'wrong-region') await locator.forget(bucket, endpoint ? { url: endpoint } : {});
      throw failure;
    }
    throw refusalError({ status: 412 }, { doing: 'upload to', bucket });
  }

  async #access(destination: Destination): Promise<BucketAccess> {
    return accessTo(destination, this.#ports.locator, this.#ports.clock);
  }

  #accessOf(record: ShareRecord): BucketAccess {
    return new BucketAccess(record.location, this.#ports.sourceOf(record.origin), this.#ports.clock);
  }
}

function replacedBy({ etag, modifiedAt }: ObjectHead): Replaced {
  return etag === undefined || modifiedAt === undefined ? 'unseen' : { etag, modifiedAt };
}

export function isAwaited(record: ShareRecord): record is AwaitedRecord {
  return record.status === 'awaited' && record.invitation !== undefined;
}

/** Of each of the two ways, so that the union stays one. */
type TermsWithoutEnd = InvitationTerms extends infer Terms
  ? Terms extends InvitationTerms
    ? Omit<Terms, 'uploadEndsAt'>
    : never
  : never;

function putTerms({ contentType, neverOverwrite }: Pick<PutTerms, 'contentType' | 'neverOverwrite'>) {
  return { contentType, neverOverwrite };
}

async function signedAnew(
  access: BucketAccess,
  key: string,
  terms: InvitationTerms,
  life: RequestedLife,
): Promise<Signed> {
  if (terms.way === 'put') {
    const { headers: sent, ...signed } = await access.uploadLink(key, life, putTerms(terms));
    return { ...signed, sent };
  }
  const { fields: sent, ...signed } = await access.form({ ...terms, folder: key }, life);
  return { ...signed, sent };
}

function ended({ id, name }: ShareRecord): SandglassError {
  return new SandglassError('share-not-live', `The invitation to upload “${name}” has ended.`, {
    next: 'Extend it for a new one to the same place.',
    command: `That is: sandglass extend ${id}.`,
  });
}

export function awaitedNoMore({ name }: ShareRecord): SandglassError {
  return new SandglassError('share-not-live', `“${name}” is not awaited.`, {
    next: 'It has arrived already, or its invitation was cancelled.',
  });
}
