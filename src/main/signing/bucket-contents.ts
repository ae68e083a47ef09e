import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { isArchiveClass } from './archive-class.ts';
import { signedRequest, type AskClient } from './signed-request.ts';

/** An object as a listing tells of it. */
export interface ListedObject {
  readonly key: string;
  /** What follows the prefix that was listed. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly storageClass: string;
  /** Whether its class is an archive's. A restored copy does not show here, nor do Intelligent-Tiering's archives. */
  readonly archived: boolean;
}

/** What stands under a prefix: the next prefixes, as folders would, and the objects beside them. */
export interface ContentsPage {
  readonly prefixes: readonly string[];
  readonly objects: readonly ListedObject[];
  /** Where the next page begins, opaque; null on the last page. */
  readonly next: string | null;
}

export interface PageAsked {
  /** Keys that begin so: a folder with its slash at the end, or a folder and how a name in it begins. */
  readonly prefix?: string | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** Entries at the most, 1 to 1000, as many as S3 lists at once. */
  readonly limit?: number | undefined;
  /** Every key below the prefix, instead of folding those with a further slash. */
  readonly isDeep?: boolean | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const LARGEST_PAGE = 1_000;

/** The folders that people see in keys are made of slashes. */
const DELIMITER = '/';

/** Lists a bucket page by page, so that a hundred thousand keys cost no more memory than a thousand. */
export class BucketContents {
  readonly #client: AskClient;
  readonly #bucket: string;

  constructor(client: AskClient, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /** One page, in the order of the keys' bytes. @throws SandglassError as `refusalError` names it, or unreachable */
  async page({ prefix = '', after, limit = LARGEST_PAGE, isDeep = false }: PageAsked): Promise<ContentsPage> {
    const command = new ListObjectsV2Command({
      Bucket: this.#bucket,
      Prefix: prefix,
      ...(isDeep ? {} : { Delimiter: DELIMITER }),
      ...(after === undefined ? {} : { ContinuationToken: after }),
      MaxKeys: Math.max(1, Math.min(LARGEST_PAGE, limit)),
      // Keys may hold characters that no XML can.
      EncodingType: 'url',
    });
    const asked = { doing: 'list', bucket: this.#bucket };
    const answer = await signedRequest(this.#client, asked, (client) => client.send(command));
    const folder = prefix.slice(0, prefix.lastIndexOf(DELIMITER) + 1);
    return {
      prefixes: (answer.CommonPrefixes ?? []).flatMap(({ Prefix }) => (Prefix ? [decodedKey(Prefix)] : [])),
      objects: (answer.Contents ?? []).flatMap(({ Key, Size, LastModified, StorageClass }) => {
        if (!Key) return [];
        const key = decodedKey(Key);
        const storageClass = StorageClass ?? 'STANDARD';
        return [
          {
            key,
            name: key.slice(folder.length),
            size: Size ?? 0,
            lastModified: LastModified?.getTime() ?? 0,
            storageClass,
            archived: isArchiveClass(storageClass),
          },
        ];
      }),
      next: (answer.IsTruncated && answer.NextContinuationToken) || null,
    };
  }
}

/** A key as a listing spells it with `encoding-type=url`; S3 writes a space as a plus sign, others as %20. */
export function decodedKey(spelled: string): string {
  try {
    return decodeURIComponent(spelled.replaceAll('+', '%20'));
  } catch {
    // A server that ignores the encoding sends the key as it is.
    return spelled;
  }
}
