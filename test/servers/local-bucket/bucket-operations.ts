import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { bare, timestamp, xml } from './answers.ts';
import type { Answer, XmlNode } from './answers.ts';
import { storageClassOf } from './archive-operations.ts';
import type { Exchange } from './exchange.ts';
import { entryOf, keyPage, pageSize, tokenFor } from './listing.ts';
import { Refusal } from './refusals.ts';

const OWNER: XmlNode = ['Owner', [['ID', 'local-bucket']]];
const LARGEST_DOCUMENT_BYTES = 64 * 1024;

const bucketConfiguration = z.object({
  CreateBucketConfiguration: z.union([
    z.literal(''),
    z.object({ LocationConstraint: z.string().optional() }),
  ]),
});

export function listBuckets({ objects }: Exchange): Promise<Answer> {
  const buckets = objects.buckets().map(({ name, createdAt }): XmlNode => [
    'Bucket',
    [
      ['Name', name],
      ['CreationDate', timestamp(createdAt)],
    ],
  ]);
  return Promise.resolve(xml('ListAllMyBucketsResult', [OWNER, ['Buckets', buckets]]));
}

export async function createBucket({ bucket, body, identity, objects, nowMs }: Exchange): Promise<Answer> {
  const document = await body.text(LARGEST_DOCUMENT_BYTES);
  const region = document.trim() === '' ? undefined : locationIn(document);
  // us-east-1 is the one region that is never named: S3 asks for its absence.
  if (region !== undefined && (region !== identity.region || region === 'us-east-1')) {
    throw new Refusal('IllegalLocationConstraintException');
  }
  await objects.createBucket(bucket, nowMs);
  return bare(200, { Location: `/${bucket}` });
}

export async function deleteBucket({ bucket, objects, uploads }: Exchange): Promise<Answer> {
  await objects.deleteBucket(bucket);
  await uploads.abandon(bucket);
  return bare(204);
}

export function headBucket({ bucket, objects }: Exchange): Promise<Answer> {
  if (!objects.hasBucket(bucket)) throw new Refusal('NoSuchBucket');
  return Promise.resolve(bare(200));
}

export function listObjects({ request, bucket, objects }: Exchange): Promise<Answer> {
  const byKey = new Map(objects.objects(bucket).map((object) => [object.key, object]));
  const token = request.parameter('continuation-token');
  const startAfter = request.parameter('start-after') ?? '';
  const prefix = request.parameter('prefix') ?? '';
  const delimiter = request.parameter('delimiter') ?? '';
  const size = pageSize(request, 'max-keys');
  const after = token === undefined ? startAfter : entryOf(token);
  const page = keyPage([...byKey.keys()], { prefix, delimiter, after, size });
  const spelled = request.parameter('encoding-type') === 'url' ? encodeURIComponent : String;
  const contents = page.keys.map((key): XmlNode => {
    const object = byKey.get(key)!;
    const known: XmlNode[] = [
      ['ETag', `"${object.etag}"`],
      ['Size', object.size],
      ['StorageClass', storageClassOf(object)],
    ];
    return ['Contents', [['Key', spelled(key)], ['LastModified', timestamp(object.lastModified)], ...known]];
  });
  return Promise.resolve(
    xml('ListBucketResult', [
      ['Name', bucket],
      ['Prefix', spelled(prefix)],
      ...(delimiter === '' ? [] : ([['Delimiter', spelled(delimiter)]] satisfies XmlNode[])),
      ...(token === undefined ? [] : ([['ContinuationToken', token]] satisfies XmlNode[])),
      ['MaxKeys', size],
      ['KeyCount', page.keys.length + page.prefixes.length],
      ['IsTruncated', page.next !== null],
      ...(page.next === null ? [] : ([['NextContinuationToken', tokenFor(page.next)]] satisfies XmlNode[])),
      ...contents,
      ...page.prefixes.map((entry): XmlNode => ['CommonPrefixes', [['Prefix', spelled(entry)]]]),
    ]),
  );
}

function locationIn(document: string): string | undefined {
  try {
    const parsed = bucketConfiguration.parse(new XMLParser({ parseTagValue: false }).parse(document));
    const { CreateBucketConfiguration: configuration } = parsed;
    return configuration === '' ? undefined : configuration.LocationConstraint;
  } catch {
    throw new Refusal('MalformedXML');
  }
}
