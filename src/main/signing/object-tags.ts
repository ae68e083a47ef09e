import { GetObjectTaggingCommand, PutObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import type { AskClient } from './bucket-object.ts';
import { sdkFailure } from './sdk-failure.ts';

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

  /** @param client asked anew for every request, since credentials may have been renewed */
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

  async #ask<Answer>(doing: string, send: (client: S3Client) => Promise<Answer>): Promise<Answer> {
    const client = await this.#client();
    try {
      return await send(client);
    } catch (error) {
      throw sdkFailure(error, { doing, bucket: this.#at.Bucket });
    }
  }
}
