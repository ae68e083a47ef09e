import { HeadBucketCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Credentials } from '../credentials/credentials.ts';
import {
  awsByRegion,
  bucketLocation,
  firstRegion,
  settledRegion,
  unaccelerated,
  type BucketLocation,
  type Endpoint,
} from './location.ts';
import { ALL_PARTITIONS, partitionOf } from './partition.ts';
import { refusalError } from '../../shared/s3-refusal.ts';
import { sdkFailure, sdkRefusal } from './sdk-failure.ts';

/**
 * Remembers what servers told, so that a link needs no network once the bucket is known. Where there is no address,
 * `endpointUrl` is absent for AWS, and the name of the partition for AWS's others: they have buckets of the same names.
 */
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
   * The bucket's location; asks the server only the first time, and never for an access point's ARN or a store whose
   * address settles the region.
   * @throws SandglassError no-such-bucket, unreachable, credentials-expired, bad-usage
   */
  async locate(bucket: string, endpoint: Endpoint, credentials: Credentials): Promise<BucketLocation> {
    const settled = settledRegion(bucket, awsByRegion(endpoint));
    if (settled !== null) return bucketLocation(bucket, endpoint, settled);
    const first = firstRegion(endpoint);
    // Before anything is asked: what can never be reached is refused at once.
    bucketLocation(bucket, endpoint, first);
    const place = awsByRegion(endpoint).url ?? placeOf(partitionOf(first));
    let told = this.#memory.regionOf(place, bucket);
    if (told === undefined) {
      told = await this.#ask(bucketLocation(bucket, unaccelerated(endpoint), first), credentials);
      await this.#memory.rememberRegion(place, bucket, told);
    }
    return bucketLocation(bucket, endpoint, told ?? first);
  }

  /** Asks anew the next time: what was remembered proved wrong. */
  async forget(bucket: string, endpoint: Endpoint): Promise<void> {
    const { url } = awsByRegion(endpoint);
    for (const place of url === undefined ? ALL_PARTITIONS.map(placeOf) : [url]) {
      if (this.#memory.regionOf(place, bucket) === undefined) continue;
      await this.#memory.forgetRegion(place, bucket);
    }
  }

  async #ask(guess: BucketLocation, credentials: Credentials): Promise<string | null> {
    const client = this.#clientFor(guess, credentials);
    try {
      const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket: guess.bucket }));
      return regionName(BucketRegion);
    } catch (error) {
      const refusal = sdkRefusal(error);
      if (refusal?.status === 404) throw refusalError({ ...refusal, code: 'NoSuchBucket' }, asked(guess));
      if (!refusal || refusal.status >= 500) throw sdkFailure(error, asked(guess));
      return regionName(refusal.region) ?? (await this.#askForBody(guess, credentials));
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
      const region = regionName(sdkRefusal(error)?.region);
      if (region !== null) return region;
      const failure = sdkFailure(error, asked(guess));
      // Keys that may not list may still upload and sign; wrong or ended ones can do neither.
      if (failure.code === 'access-denied') return null;
      throw failure;
    }
  }
}

function placeOf(partition: string): string | undefined {
  return partition === 'aws' ? undefined : partition;
}

/** A server may write anything; what is no region's name is kept out of the settings and the next signature. */
function regionName(told: string | undefined): string | null {
  return told !== undefined && /^[A-Za-z0-9-]{1,64}$/.test(told) ? told : null;
}

function asked(location: BucketLocation) {
  return { doing: 'look at', bucket: location.bucket };
}
