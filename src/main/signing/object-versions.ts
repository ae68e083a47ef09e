import {
  ListObjectVersionsCommand,
  type DeleteMarkerEntry,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { decodedKey } from './bucket-contents.ts';
import { isArchiveClass } from './archive-class.ts';
import { signedRequest, type AskClient } from './signed-request.ts';

/** One version of an object, or the mark that it was deleted. */
export interface ObjectVersion {
  /** `null` as text where the bucket kept no versions when it was uploaded. */
  readonly versionId: string;
  readonly isLatest: boolean;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** True for a delete marker: there is nothing behind it to link to. */
  readonly isDeleteMarker: boolean;
  /** Bytes; 0 for a delete marker. */
  readonly size: number;
  readonly storageClass: string;
  readonly archived: boolean;
}

export interface VersionsPage {
  /** Newest first. */
  readonly versions: readonly ObjectVersion[];
  /** Where the next page begins, opaque; null on the last page. */
  readonly next: string | null;
}

/** What is told of one key in a bucket that keeps versions. */
export class ObjectVersions {
  readonly #client: AskClient;
  readonly #bucket: string;

  constructor(client: AskClient, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /**
   * A page of the versions of just this key. Where the bucket never kept any, the object itself is the only one.
   * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
   * @param after `next` of the page before
   * @param limit entries at the most, 1 to 1000
   * @throws SandglassError as `refusalError` names it, or unreachable
   */
  async page(key: string, after?: string, limit = 1_000): Promise<VersionsPage> {
    const command = new ListObjectVersionsCommand({
      Bucket: this.#bucket,
      Prefix: key,
      MaxKeys: limit,
      EncodingType: 'url',
      ...(after === undefined ? {} : { KeyMarker: key, VersionIdMarker: after }),
    });
    const asked = { doing: 'list the versions in', bucket: this.#bucket };
    const answer = await signedRequest(this.#client, asked, (client) => client.send(command));
    // The prefix also finds longer keys; they follow after all versions of this one.
    const isOver = !answer.IsTruncated || decodedKey(answer.NextKeyMarker ?? '') !== key;
    return { versions: versionsOf(key, answer), next: isOver ? null : (answer.NextVersionIdMarker ?? null) };
  }
}

function versionsOf(key: string, answer: ListObjectVersionsCommandOutput): ObjectVersion[] {
  const common = (entry: DeleteMarkerEntry) => ({
    versionId: entry.VersionId ?? 'null',
    isLatest: entry.IsLatest ?? false,
    lastModified: entry.LastModified?.getTime() ?? 0,
  });
  const ofKey = ({ Key = '' }: DeleteMarkerEntry) => decodedKey(Key) === key;
  const versions = (answer.Versions ?? []).filter(ofKey).map((entry) => {
    const storageClass = entry.StorageClass ?? 'STANDARD';
    const archived = isArchiveClass(storageClass);
    return { ...common(entry), isDeleteMarker: false, size: entry.Size ?? 0, storageClass, archived };
  });
  const markers = (answer.DeleteMarkers ?? []).filter(ofKey).map((entry) => {
    return { ...common(entry), isDeleteMarker: true, size: 0, storageClass: '', archived: false };
  });
  // S3 tells the two kinds apart in one order; the SDK gives two lists.
  return [...versions, ...markers].sort(
    (a, b) => Number(b.isLatest) - Number(a.isLatest) || b.lastModified - a.lastModified,
  );
}
