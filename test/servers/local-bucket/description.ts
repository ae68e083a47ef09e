import { validateHeaderValue } from 'node:http';
import { storageClassHeader } from './archive-operations.ts';
import type { Description, StoredObject } from './object-store.ts';
import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';
import { tagsIn } from './tagging.ts';

/** The headers that S3 stores with an object and sends with it. */
const STORED = {
  'content-type': 'Content-Type',
  'content-disposition': 'Content-Disposition',
  'content-encoding': 'Content-Encoding',
  'content-language': 'Content-Language',
  'cache-control': 'Cache-Control',
  expires: 'Expires',
};

/** The query parameters of a link by which its maker chooses other headers for the answer. */
const OVERRIDES = {
  'response-content-type': 'Content-Type',
  'response-content-disposition': 'Content-Disposition',
  'response-content-encoding': 'Content-Encoding',
  'response-content-language': 'Content-Language',
  'response-cache-control': 'Cache-Control',
  'response-expires': 'Expires',
};

const META = 'x-amz-meta-';
const LARGEST_METADATA_BYTES = 2048;

/** What an upload says about the object to be. @throws Refusal MetadataTooLarge, NotImplemented */
export function descriptionIn(request: S3Request): Description {
  const headers: Record<string, string> = { 'Content-Type': 'binary/octet-stream' };
  for (const [name, canonical] of Object.entries(STORED)) {
    const value = request.header(name);
    if (value !== undefined) headers[canonical] = value;
  }
  Object.assign(headers, storageClassHeader(request.amz('x-amz-storage-class')));
  // A body in signed chunks would have to be unwrapped before it is stored.
  if (headers['Content-Encoding']?.includes('aws-chunked')) throw new Refusal('NotImplemented');
  const metadata: Record<string, string> = {};
  for (const name of request.amzNames()) {
    if (name.startsWith(META)) metadata[name.slice(META.length)] = request.amz(name) ?? '';
  }
  const tags = tagsIn(request);
  const size = Object.entries(metadata).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (size <= LARGEST_METADATA_BYTES) return { headers, metadata, ...(tags === null ? {} : { tags }) };
  throw new Refusal('MetadataTooLarge', { fields: { Size: size, MaxSizeAllowed: LARGEST_METADATA_BYTES } });
}

/**
 * The headers with which an object is given out, those that the link overrides included.
 * @throws Refusal InvalidArgument for an override that no header can hold
 */
export function headersOf(object: StoredObject, request: S3Request): Record<string, string> {
  const metadata = Object.entries(object.description.metadata);
  return {
    ...object.description.headers,
    ...Object.fromEntries(metadata.map(([name, value]) => [`${META}${name}`, metadataValue(value)])),
    ...overridesIn(request),
    ETag: `"${object.etag}"`,
    ...(object.versionId === undefined ? {} : { 'x-amz-version-id': object.versionId }),
    'Last-Modified': new Date(object.lastModified).toUTCString(),
    'Accept-Ranges': 'bytes',
  };
}

function overridesIn(request: S3Request): Record<string, string> {
  const overrides: Record<string, string> = {};
  for (const [parameter, header] of Object.entries(OVERRIDES)) {
    const value = request.parameter(parameter);
    if (value === undefined) continue;
    try {
      validateHeaderValue(header, value);
    } catch {
      throw new Refusal('InvalidArgument', {
        message: 'Header value cannot be represented using ISO-8859-1.',
        fields: { ArgumentName: parameter, ArgumentValue: value },
      });
    }
    overrides[header] = value;
  }
  return overrides;
}

/** S3 gives metadata outside of ASCII back in the encoding that mail headers use (RFC 2047). */
function metadataValue(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}
