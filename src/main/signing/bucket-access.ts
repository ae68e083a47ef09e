import type { S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { planExpiry, type Expiry, type RequestedLife } from '../../shared/expiry.ts';
import type { CredentialSource, Credentials } from '../credentials/credentials.ts';
import type { BucketLocation } from './location.ts';
import { presign, type Signable, type SignedRequest, type SigningMoment } from './presigner.ts';
import { s3Client } from './s3-client.ts';
import type { ServerClock } from './server-clock.ts';

export interface SignedLink {
  /** A bearer secret: whoever has it has the object. */
  readonly url: string;
  readonly expiry: Expiry;
  /** Tells whether the same key would sign again; see `signerPrint`. */
  readonly signer: string;
  /** True where the credentials hold a token that does not tell when it ends: the link may end sooner. */
  readonly endUncertain: boolean;
}

/** Signs for one bucket with whatever its credentials are at that moment. */
export class BucketAccess {
  readonly location: BucketLocation;
  readonly #source: CredentialSource;
  readonly #clock: ServerClock;
  #client: { readonly credentials: Credentials; readonly offset: number; readonly client: S3Client } | null =
    null;

  constructor(location: BucketLocation, source: CredentialSource, clock: ServerClock) {
    this.location = location;
    this.#source = source;
    this.#clock = clock;
  }

  /**
   * A link that lets anyone read the object until the expiry. Sends nothing.
   * @throws SandglassError expiry-invalid, and whatever the credentials' source throws
   */
  async link(key: string, life: RequestedLife): Promise<SignedLink> {
    const credentials = await this.#source.resolve();
    const expiry = planExpiry(life, this.#clock.now(), credentials.expiration?.getTime());
    const { url } = await this.#sign(
      { verb: 'get-object', bucket: this.location.bucket, key },
      expiry,
      credentials,
    );
    return {
      url,
      expiry,
      signer: signerPrint(credentials),
      endUncertain: hidesItsEnd(credentials),
    };
  }

  /** The link that was signed at that moment, letter for letter, where the key that signs now is the one of then. */
  async linkAgain(key: string, moment: SigningMoment): Promise<Omit<SignedLink, 'expiry'>> {
    const credentials = await this.#source.resolve();
    const { url } = await this.#sign(
      { verb: 'get-object', bucket: this.location.bucket, key },
      moment,
      credentials,
    );
    return { url, signer: signerPrint(credentials), endUncertain: hidesItsEnd(credentials) };
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

  #sign(signable: Signable, moment: SigningMoment, credentials: Credentials): Promise<SignedRequest> {
    return presign(this.#clientFor(credentials), signable, moment);
  }

  #clientFor(credentials: Credentials): S3Client {
    const { offset } = this.#clock;
    if (this.#client?.credentials !== credentials || this.#client.offset !== offset) {
      this.#client = { credentials, offset, client: s3Client(this.location, credentials, this.#clock) };
    }
    return this.#client.client;
  }
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
