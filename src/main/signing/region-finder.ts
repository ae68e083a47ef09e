import { HeadBucketCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Credentials } from '../credentials/credentials.ts';
import { bucketLocation, DEFAULT_REGION, type BucketLocation, type Endpoint } from './location.ts';
import { refusalError } from '../../shared/s3-refusal.ts';
import { sdkFailure, sdkRefusal } from './sdk-failure.ts';

/** Remembers what servers told, so that a link needs no network once the bucket is known. */
export interface RegionMemory {
  /** The region told; null where the server was asked and tells none; undefined where nobody asked yet. */
  regionOf(endpointUrl: string | undefined, bucket: string): string | null | undefined;
  rememberRegion(endpointUrl: string | undefined, bucket: string, region: string | null): Promise<void>;
  forgetRegion(endpointUrl: string | undefined, bucket: string): Promise<void>;
}

export type ClientFor = (location: BucketLocation, credentials: Credentials) => S3Client;

/**
 * Finds the region of a bucket by asking the server, because presigning sends nothing and follows no redirect: a link
 * signed for the wrong region is dead. HeadBucket's x-amz-bucket-region tells it even in a refusal; where that is
 * missing, the Region in a 301's or 400's body does.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
export class RegionFinder {
  readonly #memory: RegionMemory;
  readonly #clientFor: ClientFor;

  constructor(memory: RegionMemory, clientFor: ClientFor) {
    this.#memory = memory;
    this.#clientFor = clientFor;
  }

  /**
   * The bucket's location; asks the server only the first time.
   * @throws SandglassError no-such-bucket, unreachable, credentials-expired
   */
  async locate(bucket: string, endpoint: Endpoint, credentials: Credentials): Promise<BucketLocation> {
    const configured = endpoint.region ?? DEFAULT_REGION;
    let told = this.#memory.regionOf(endpoint.url, bucket);
    if (told === undefined) {
      told = await this.#ask(bucketLocation(bucket, endpoint, configured), credentials);
      await this.#memory.rememberRegion(endpoint.url, bucket, told);
    }
    return bucketLocation(bucket, endpoint, told ?? configured);
  }

  /** Asks anew the next time: what was remembered proved wrong. */
  forget(bucket: string, endpoint: Endpoint): Promise<void> {
    return this.#memory.forgetRegion(endpoint.url, bucket);
  }

  async #ask(guess: BucketLocation, credentials: Credentials): Promise<string | null> {
    const client = this.#clientFor(guess, credentials);
    try {
      return (await client.send(new HeadBucketCommand({ Bucket: guess.bucket }))).BucketRegion ?? null;
    } catch (error) {
      const refusal = sdkRefusal(error);
      if (refusal?.status === 404) throw refusalError({ ...refusal, code: 'NoSuchBucket' }, asked(guess));
      if (!refusal || refusal.status >= 500) throw sdkFailure(error, asked(guess));
      return refusal.region ?? (await this.#askForBody(guess, credentials));
    } finally {
      client.destroy();
    }
  }

  /** HEAD answers have no body; the same question by GET gets S3's words. */
  async #askForBody(guess: BucketLocation, credentials: Credentials): Promise<string | null> {
    // A client of its own: the refusal may have taught the clock, and this one signs by it.
    const client = this.#clientFor(guess, credentials);
    try {
      await client.send(new ListObjectsV2Command({ Bucket: guess.bucket, MaxKeys: 1 }));
      return null;
    } catch (error) {
      const refusal = sdkRefusal(error);
      if (refusal?.region) return refusal.region;
      const failure = sdkFailure(error, asked(guess));
      // Keys that may not list may still upload and sign; wrong or ended ones can do neither.
      if (failure.code === 'access-denied') return null;
      throw failure;
    } finally {
      client.destroy();
    }
  }
}

function asked(location: BucketLocation) {
  return { doing: 'look at', bucket: location.bucket };
}
