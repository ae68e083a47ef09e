import type { S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { planExpiry, type Expiry, type RequestedLife } from '../../shared/expiry.ts';
import type { LinkOverrides } from '../../shared/link-overrides.ts';
import type { CredentialSource, Credentials } from '../credentials/credentials.ts';
import type { BucketLocation } from './location.ts';
import { signForm, type FormLimits, type SignedForm } from './post-policy.ts';
import { presign, type Signable, type SignedRequest, type SigningMoment } from './presigner.ts';
import { s3Client } from './s3-client.ts';
import type { ServerClock } from './server-clock.ts';

/** When what was signed ends, and who signed. */
export interface Signature {
  readonly expiry: Expiry;
  /** Tells whether the same key would sign again; see `signerPrint`. */
  readonly signer: string;
  /** True where the credentials hold a token that does not tell when it ends: the link may end sooner. */
  readonly endUncertain: boolean;
}

export interface SignedLink extends Signature {
  /** A bearer secret: whoever has it has the object. */
  readonly url: string;
}

export interface SignedUploadLink extends SignedLink {
  /** Must be sent just as they are. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What an upload by somebody else must be. */
export interface UploadTerms {
  readonly contentType: string | null;
  readonly neverOverwrite: boolean;
}

type Again<Signed> = Omit<Signed, 'expiry'>;
type Sign<Signed> = (moment: SigningMoment, credentials: Credentials) => Promise<Signed>;

/** What a link leads to beside its key. */
export interface LinkAim {
  /** One version of the object; absent for the newest. */
  readonly versionId?: string | undefined;
  /** When the copy that was restored from an archive is taken away, in milliseconds since 1970. */
  readonly restoredUntil?: number | undefined;
}

/** Signs for one bucket with whatever its credentials are at that moment. */
export class BucketAccess {
  readonly location: BucketLocation;
  readonly #source: CredentialSource;
  readonly #clock: ServerClock;

  constructor(location: BucketLocation, source: CredentialSource, clock: ServerClock) {
    this.location = location;
    this.#source = source;
    this.#clock = clock;
  }

  /**
   * A link that lets anyone read the object until the expiry. Sends nothing.
   * @throws SandglassError expiry-invalid, archived, and whatever the credentials' source throws
   */
  async link(
    key: string,
    life: RequestedLife,
    overrides?: LinkOverrides,
    aim: LinkAim = {},
  ): Promise<SignedLink> {
    return this.#signedFor(life, this.#reading(key, overrides, aim), aim.restoredUntil);
  }

  /** The link that was signed at that moment, letter for letter, where the key that signs now is the one of then. */
  async linkAgain(
    key: string,
    moment: SigningMoment,
    overrides?: LinkOverrides,
    aim: LinkAim = {},
  ): Promise<Again<SignedLink>> {
    return this.#signedAgain(moment, this.#reading(key, overrides, aim));
  }

  /**
   * A link by which anyone may upload this one object until the expiry. Sends nothing.
   * @throws SandglassError expiry-invalid, and whatever the credentials' source throws
   */
  async uploadLink(key: string, life: RequestedLife, terms: UploadTerms): Promise<SignedUploadLink> {
    return this.#signedFor(life, this.#inviting(key, terms));
  }

  /** The upload link of that moment, letter for letter, where the key that signs now is the one of then. */
  async uploadLinkAgain(
    key: string,
    moment: SigningMoment,
    terms: UploadTerms,
  ): Promise<Again<SignedUploadLink>> {
    return this.#signedAgain(moment, this.#inviting(key, terms));
  }

  /**
   * A form by which anyone may upload into a folder, within limits, until the expiry. Sends nothing.
   * @throws SandglassError bad-usage for an access point, expiry-invalid, and whatever the credentials' source throws
   */
  async form(limits: FormLimits, life: RequestedLife): Promise<SignedLink & SignedForm> {
    return this.#signedFor(life, this.#posting(limits));
  }

  /** The form of that moment, letter for letter, where the key that signs now is the one of then. */
  async formAgain(limits: FormLimits, moment: SigningMoment): Promise<Again<SignedLink & SignedForm>> {
    return this.#signedAgain(moment, this.#posting(limits));
  }

  /** Presigns one request of an upload, to be started within the given seconds, or as long as the credentials live. */
  async request(signable: Signable, seconds: number): Promise<SignedRequest> {
    const credentials = await this.#source.resolve();
    const end = credentials.expiration?.getTime();
    const moment = planExpiry({ kind: 'seconds', seconds }, this.#clock.now(), end);
    return this.#sign(signable, moment, credentials);
  }

  /** A client for requests that are sent at once; made anew when the credentials or the clock have changed. */
  async client(): Promise<S3Client> {
    return this.#clientFor(await this.#source.resolve());
  }

  /** Fetches the credentials anew. False where the same come back. @throws what their source throws */
  async renew(): Promise<boolean> {
    const before = signerPrint(await this.#source.resolve());
    this.#source.forget();
    return signerPrint(await this.#source.resolve()) !== before;
  }

  #reading(key: string, overrides: LinkOverrides | undefined, { versionId }: LinkAim): Sign<SignedRequest> {
    const signable = { verb: 'get-object', bucket: this.location.bucket, key, overrides, versionId } as const;
    return (moment, credentials) => this.#sign(signable, moment, credentials);
  }

  #inviting(key: string, terms: UploadTerms): Sign<SignedRequest> {
    const signable = { verb: 'invite-put', bucket: this.location.bucket, key, ...terms } as const;
    return (moment, credentials) => this.#sign(signable, moment, credentials);
  }

  #posting(limits: FormLimits): Sign<SignedForm> {
    const { bucket } = this.location;
    return (moment, credentials) => signForm(this.#clientFor(credentials), bucket, limits, moment);
  }

  async #signedFor<Signed>(
    life: RequestedLife,
    sign: Sign<Signed>,
    restoredUntil?: number,
  ): Promise<Signed & Signature> {
    const credentials = await this.#source.resolve();
    const expiry = planExpiry(life, this.#clock.now(), credentials.expiration?.getTime(), restoredUntil);
    return { ...(await sign(expiry, credentials)), expiry, ...signedBy(credentials) };
  }

  async #signedAgain<Signed>(moment: SigningMoment, sign: Sign<Signed>): Promise<Signed & Again<Signature>> {
    const credentials = await this.#source.resolve();
    return { ...(await sign(moment, credentials)), ...signedBy(credentials) };
  }

  #sign(signable: Signable, moment: SigningMoment, credentials: Credentials): Promise<SignedRequest> {
    return presign(this.#clientFor(credentials), signable, moment);
  }

  #clientFor(credentials: Credentials): S3Client {
    return s3Client(this.location, credentials, this.#clock);
  }
}

function signedBy(credentials: Credentials): Omit<Signature, 'expiry'> {
  return { signer: signerPrint(credentials), endUncertain: hidesItsEnd(credentials) };
}

function hidesItsEnd({ sessionToken, expiration }: Credentials): boolean {
  return sessionToken !== undefined && expiration === undefined;
}

/**
 * Names the key that signed without telling it, so that history can say that it is gone: a hash of the key id and the
 * session token. The secret key takes no part: a weak one could be guessed from a hash that lies on a disk.
 */
export function signerPrint({ accessKeyId, sessionToken }: Credentials): string {
  return createHash('sha256')
    .update(`${accessKeyId}\n${sessionToken ?? ''}`)
    .digest('hex')
    .slice(0, 16);
}
