import { bare, xml } from './answers.ts';
import type { Answer } from './answers.ts';
import type { Exchange } from './exchange.ts';
import type { Description } from './object-store.ts';
import { checkPolicy } from './post-policy.ts';
import { Refusal } from './refusals.ts';
import type { RequestBody } from './request-body.ts';

/** What a form brought: its fields up to the file, their names in lower case, and the file. */
export interface PostedForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
}

const META = 'x-amz-meta-';

/**
 * An upload by a form, signed by its policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export async function postObject(exchange: Exchange): Promise<Answer> {
  const { request, bucket, body, identity, objects, pieces, nowMs } = exchange;
  objects.objects(bucket);
  const form = await formIn(request.header('content-type') ?? '', body);
  checkPolicy(form, bucket, identity, nowMs);
  const key = form.fields.get('key') ?? '';
  const piece = await pieces.receive(chunksOf(form.file));
  const { size, md5: etag } = piece;
  const description = descriptionOf(form);
  await objects.put(bucket, { key, size, etag, lastModified: nowMs, description, pieces: [piece] }, false);
  return answerFor(form.fields.get('success_action_status'), bucket, key, etag);
}

async function formIn(contentType: string, body: RequestBody): Promise<PostedForm> {
  const chunks: Buffer[] = [];
  for await (const chunk of body.chunks()) chunks.push(chunk);
  const sent = new Response(Buffer.concat(chunks), { headers: { 'Content-Type': contentType } });
  const form = await sent.formData().catch(() => {
    throw new Refusal('MalformedPOSTRequest');
  });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.set(name.toLowerCase(), value);
    else if (name === 'file') {
      // The policy sees the key whole, the file's own name in it.
      const key = fields.get('key');
      if (key !== undefined)
        fields.set(
          'key',
          key.replaceAll('${filename}', () => value.name),
        );
      // What follows the file is not read.
      return { fields, file: Buffer.from(await value.arrayBuffer()) };
    }
  }
  throw new Refusal('InvalidArgument', { message: 'POST requires exactly one file upload per request.' });
}

function descriptionOf({ fields }: PostedForm): Description {
  const metadata = [...fields].flatMap(([name, value]) =>
    name.startsWith(META) ? [[name.slice(META.length), value] as const] : [],
  );
  const headers = { 'Content-Type': fields.get('content-type') ?? 'binary/octet-stream' };
  return { headers, metadata: Object.fromEntries(metadata) };
}

function answerFor(status: string | undefined, bucket: string, key: string, etag: string): Answer {
  const headers = { ETag: `"${etag}"`, Location: `/${bucket}/${encodeURIComponent(key)}` };
  if (status === '200') return bare(200, headers);
  if (status !== '201') return bare(204, headers);
  const told = xml('PostResponse', [
    ['Location', headers.Location],
    ['Bucket', bucket],
    ['Key', key],
    ['ETag', headers.ETag],
  ]);
  return { ...told, status: 201, headers: { ...told.headers, ...headers } };
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
