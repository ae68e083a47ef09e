import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { signedRequest, type AskClient } from './signed-request.ts';

/** An object as a listing tells of it; the size is in bytes. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
}

/**
 * All objects whose keys begin with a folder's name, in the order of their keys.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 * @throws SandglassError as `refusalError` names it, or `unreachable`
 */
export async function listFolder(ask: AskClient, bucket: string, folder: string): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for (let after: string | undefined; ;) {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: folder, ContinuationToken: after });
    const asked = { doing: 'list the objects in', bucket };
    const answer = await signedRequest(ask, asked, (client) => client.send(command));
    for (const { Key, Size = 0 } of answer.Contents ?? []) if (Key) found.push({ key: Key, size: Size });
    if (!answer.IsTruncated || !answer.NextContinuationToken) return found;
    after = answer.NextContinuationToken;
  }
}
