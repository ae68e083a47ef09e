import type { Answer } from './answers.ts';
import { restoreObject } from './archive-operations.ts';
import { createBucket, deleteBucket, headBucket, listBuckets, listObjects } from './bucket-operations.ts';
import { deleteLifecycle, getLifecycle, putLifecycle } from './lifecycle-operations.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './multipart-operations.ts';
import type { MultipartStore } from './multipart-store.ts';
import { deleteObject, getObject, headObject, putObject } from './object-operations.ts';
import type { ObjectStore } from './object-store.ts';
import type { PieceStore } from './piece-store.ts';
import { postObject } from './post-object.ts';
import type { RequestBody } from './request-body.ts';
import type { Operation, S3Request } from './request.ts';
import type { Identity } from './signature-check.ts';
import { getVersioning, listObjectVersions, putVersioning } from './version-operations.ts';
import { getObjectTagging, putObjectTagging } from './tagging.ts';

/** Everything an operation needs: the request, already found to be signed, and the stores. */
export interface Exchange {
  readonly request: S3Request;
  /** Empty for the operations that name none. */
  readonly bucket: string;
  /** Empty for the operations that name none. */
  readonly key: string;
  readonly body: RequestBody;
  readonly identity: Identity;
  readonly objects: ObjectStore;
  readonly uploads: MultipartStore;
  readonly pieces: PieceStore;
  /** Whether the tags that came are to be lost. */
  readonly forgetsTags: boolean;
  /** The server's clock when the request came, in milliseconds. */
  readonly nowMs: number;
}

/** Does what a request asks. @throws Refusal */
export const OPERATIONS: Readonly<Record<Operation, (exchange: Exchange) => Promise<Answer>>> = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  HeadBucket: headBucket,
  ListObjectsV2: listObjects,
  ListMultipartUploads: listMultipartUploads,
  GetBucketLifecycle: getLifecycle,
  PutBucketLifecycle: putLifecycle,
  DeleteBucketLifecycle: deleteLifecycle,
  GetBucketVersioning: getVersioning,
  PutBucketVersioning: putVersioning,
  ListObjectVersions: listObjectVersions,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
  ListParts: listParts,
  PostObject: postObject,
  GetObjectTagging: getObjectTagging,
  PutObjectTagging: putObjectTagging,
  RestoreObject: restoreObject,
};
