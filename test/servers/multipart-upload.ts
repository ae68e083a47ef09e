import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type {
  CompletedPart,
  CompleteMultipartUploadCommandOutput,
  CreateMultipartUploadCommandInput,
  HeadObjectCommandOutput,
  ListPartsCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Server } from './s3-servers.ts';

export type UploadDescription = Omit<CreateMultipartUploadCommandInput, 'Bucket' | 'Key'> & {
  readonly Bucket?: string;
  readonly Key?: string;
};

/** An upload under way, with the calls that belong to it. */
export interface MultipartUpload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
  part(number: number, body: string | Buffer, contentMd5?: string): Promise<CompletedPart>;
  complete(parts: CompletedPart[], ifNoneMatch?: string): Promise<CompleteMultipartUploadCommandOutput>;
  abort(): Promise<unknown>;
  list(page?: { MaxParts?: number; PartNumberMarker?: string }): Promise<ListPartsCommandOutput>;
  /** Asks for the object that the upload became. */
  head(): Promise<HeadObjectCommandOutput>;
}

/** Begins an upload; unless told otherwise, of a key that no other test uses. */
export async function beginUpload(
  server: Pick<S3Server, 'client'>,
  bucket: string,
  description: UploadDescription = {},
): Promise<MultipartUpload> {
  const target = { Bucket: bucket, Key: `upload-${crypto.randomUUID()}`, ...description };
  const { UploadId = '' } = await server.client.send(new CreateMultipartUploadCommand(target));
  return uploadUnderWay(server, { Bucket: target.Bucket, Key: target.Key, UploadId });
}

/** The calls of an upload that was begun before. */
export function uploadUnderWay(
  { client }: Pick<S3Server, 'client'>,
  upload: Pick<MultipartUpload, 'Bucket' | 'Key' | 'UploadId'>,
): MultipartUpload {
  const { Bucket, Key, UploadId } = upload;
  const target = { Bucket, Key, UploadId };
  return {
    ...target,
    part: async (PartNumber, Body, ContentMD5) => {
      const { ETag } = await client.send(new UploadPartCommand({ ...target, PartNumber, Body, ContentMD5 }));
      return { PartNumber, ETag };
    },
    complete: (Parts, IfNoneMatch) =>
      client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts }, IfNoneMatch })),
    abort: () => client.send(new AbortMultipartUploadCommand(target)),
    list: (page = {}) => client.send(new ListPartsCommand({ ...target, ...page })),
    head: () => client.send(new HeadObjectCommand({ Bucket, Key })),
  };
}
