import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { bare, S3_NAMESPACE } from './answers.ts';
import type { Answer } from './answers.ts';
import type { Exchange } from './exchange.ts';
import { Refusal } from './refusals.ts';

const LARGEST_DOCUMENT_BYTES = 256 * 1024;
const MOST_RULES = 1_000;

const days = z.string().regex(/^[1-9]\d{0,8}$/);
const rule = z.looseObject({
  ID: z.string().max(255),
  Status: z.enum(['Enabled', 'Disabled']),
  Expiration: z.looseObject({ Days: days.optional() }).optional(),
  AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: days }).optional(),
});
const configuration = z.object({ LifecycleConfiguration: z.looseObject({ Rule: z.array(rule).min(1) }) });

/** The rules of each store's buckets, letter for letter; nothing here ever carries them out. */
const kept = new WeakMap<object, Map<string, string>>();

function rulesOf({ objects, bucket }: Exchange): Map<string, string> {
  // Asked first, so that a bucket that is not there is refused as S3 refuses it.
  objects.objects(bucket);
  const rules = kept.get(objects) ?? new Map<string, string>();
  kept.set(objects, rules);
  return rules;
}

export function getLifecycle(exchange: Exchange): Promise<Answer> {
  const rules = rulesOf(exchange).get(exchange.bucket);
  if (rules === undefined) throw new Refusal('NoSuchLifecycleConfiguration');
  const body = `<LifecycleConfiguration xmlns="${S3_NAMESPACE}">${rules}</LifecycleConfiguration>`;
  return Promise.resolve({ status: 200, headers: { 'Content-Type': 'application/xml' }, body });
}

/** Replaces all rules, and demands a checksum of the document, as S3 does. @throws Refusal MalformedXML, InvalidRequest */
export async function putLifecycle(exchange: Exchange): Promise<Answer> {
  const { request, body, bucket } = exchange;
  const rules = rulesOf(exchange);
  const checked = ['content-md5', 'x-amz-checksum-crc32', 'x-amz-checksum-sha256', 'x-amz-checksum-sha1'];
  if (!checked.some((name) => request.header(name) !== undefined)) {
    throw new Refusal('InvalidRequest', { message: 'Missing required header for this request: Content-MD5' });
  }
  const document = await body.text(LARGEST_DOCUMENT_BYTES);
  const { Rule } = parsed(document).LifecycleConfiguration;
  const ids = new Set(Rule.map(({ ID }) => ID));
  if (ids.size < Rule.length) {
    throw new Refusal('InvalidArgument', {
      message: 'Rule ID must be unique. Found same ID for more than one rule',
    });
  }
  if (Rule.length > MOST_RULES) throw new Refusal('MalformedXML');
  rules.set(
    bucket,
    /<LifecycleConfiguration[^>]*>([\s\S]*)<\/LifecycleConfiguration>/.exec(document)?.[1] ?? '',
  );
  return bare(200);
}

export function deleteLifecycle(exchange: Exchange): Promise<Answer> {
  rulesOf(exchange).delete(exchange.bucket);
  return Promise.resolve(bare(204));
}

function parsed(document: string) {
  try {
    const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Rule' });
    return configuration.parse(parser.parse(document));
  } catch {
    throw new Refusal('MalformedXML');
  }
}
