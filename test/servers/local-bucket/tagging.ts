import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { bare, xml } from './answers.ts';
import type { Answer, XmlNode } from './answers.ts';
import type { Exchange } from './exchange.ts';
import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';

const MOST_TAGS = 10;
/** In UTF-16, as S3 counts. */
const LONGEST_NAME = 128;
const LONGEST_VALUE = 256;
const LARGEST_DOCUMENT_BYTES = 64 * 1024;
const CHARACTERS = /^[\p{L}\p{N}\p{Zs}+\-=._:/@]*$/u;

/**
 * The tags that an upload brings, in a header alone: S3 does not read them from a query. Null where there are none.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 * @throws Refusal InvalidTag
 */
export function tagsIn(request: S3Request): Record<string, string> | null {
  const header = request.header('x-amz-tagging');
  if (header === undefined) return null;
  return checked([...new URLSearchParams(header)]);
}

function checked(pairs: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  if (pairs.length > MOST_TAGS) {
    throw new Refusal('InvalidTag', { message: 'Object tags cannot be greater than 10' });
  }
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new Refusal('InvalidTag', { message: 'Cannot provide multiple Tags with the same key' });
  }
  for (const [name, value] of pairs) {
    const fits = name !== '' && name.length <= LONGEST_NAME && value.length <= LONGEST_VALUE;
    if (!fits || !CHARACTERS.test(name) || !CHARACTERS.test(value)) throw new Refusal('InvalidTag');
  }
  return Object.fromEntries(pairs);
}

export function getObjectTagging({ bucket, key, objects }: Exchange): Promise<Answer> {
  const { tags = {} } = objects.object(bucket, key).description;
  const set = Object.entries(tags).map(([name, value]): XmlNode => {
    const pair: XmlNode[] = [
      ['Key', name],
      ['Value', value],
    ];
    return ['Tag', pair];
  });
  return Promise.resolve(xml('Tagging', [['TagSet', set]]));
}

const tagging = z.object({
  Tagging: z.object({
    TagSet: z.union([
      z.literal('').transform(() => ({ Tag: [] })),
      z.object({ Tag: z.array(z.object({ Key: z.string(), Value: z.string() })) }),
    ]),
  }),
});

/** Replaces all tags of the newest version. @throws Refusal MalformedXML, InvalidTag */
export async function putObjectTagging({ bucket, key, objects, body }: Exchange): Promise<Answer> {
  const object = objects.object(bucket, key);
  const parser = new XMLParser({
    ...{ parseTagValue: false, trimValues: false, htmlEntities: true },
    isArray: (name) => name === 'Tag',
  });
  const document = tagging.safeParse(parser.parse(await body.text(LARGEST_DOCUMENT_BYTES)));
  if (!document.success) throw new Refusal('MalformedXML');
  const { Tag } = document.data.Tagging.TagSet;
  const tags = checked(Tag.map(({ Key, Value }) => [Key, Value] as const));
  await objects.describe(bucket, { ...object, description: { ...object.description, tags } });
  return bare(200);
}
