import { GetObjectTaggingCommand, PutObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import { signedRequest, type AskClient } from './signed-request.ts';

/** Tags by name. */
export type Tags = Readonly<Record<string, string>>;

/**
 * The tags of one object, asked of the server with signed headers. Every method throws SandglassError as `refusalError`
 * names it, or `unreachable`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 */
export class ObjectTags {
  readonly #client: AskClient;
  readonly #at: { readonly Bucket: string; readonly Key: string };

  constructor(client: AskClient, bucket: string, key: string) {
    this.#client = client;
    this.#at = { Bucket: bucket, Key: key };
  }

  /** Needs s3:GetObjectTagging. */
  async read(): Promise<Tags> {
    const { TagSet = [] } = await this.#ask('read the tags of an object in', (client) =>
      client.send(new GetObjectTaggingCommand(this.#at)),
    );
    return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]));
  }

  /** Puts these in the place of all tags that it has. Needs s3:PutObjectTagging. */
  async write(tags: Tags): Promise<void> {
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const command = new PutObjectTaggingCommand({ ...this.#at, Tagging: { TagSet } });
    await this.#ask('tag an object in', (client) => client.send(command));
  }

  #ask<Answer>(doing: string, send: (client: S3Client) => Promise<Answer>): Promise<Answer> {
    return signedRequest(this.#client, { doing, bucket: this.#at.Bucket }, send);
  }
}
