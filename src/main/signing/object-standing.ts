import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { archiveOf, type Archive } from './archive-class.ts';
import { signedRequest, type AskClient } from './signed-request.ts';

/** What an object itself tells, which a listing does not. */
export interface ObjectStanding {
  /** Bytes. */
  readonly size: number;
  readonly storageClass: string;
  readonly archive: Archive;
}

/**
 * Asks for one object, or one version of it. Only so do the archives of Intelligent-Tiering and restored copies show.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 * @throws SandglassError no-such-key, also for a delete marker; access-denied, unreachable
 */
export async function objectStanding(
  ask: AskClient,
  bucket: string,
  key: string,
  versionId?: string,
): Promise<ObjectStanding> {
  const version = versionId === undefined ? {} : { VersionId: versionId };
  const command = new HeadObjectCommand({ Bucket: bucket, Key: key, ...version });
  const answer = await signedRequest(ask, { doing: 'read from', bucket }, (client) => client.send(command));
  const { ContentLength, StorageClass, ArchiveStatus, Restore } = answer;
  return {
    size: ContentLength ?? 0,
    storageClass: StorageClass ?? 'STANDARD',
    archive: archiveOf(StorageClass, ArchiveStatus, Restore),
  };
}
