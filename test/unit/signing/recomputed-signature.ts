import { createHash, createHmac } from 'node:crypto';

/** What a presigned URL claims, and the signature that it ought to carry for that. */
export interface Recomputed {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  /** The signature that it carries. */
  readonly carried: string | null;
}

/**
 * The signature of a presigned URL, worked out from the URL's own letters as AWS describes it, by none of the SDK's
 * code. Every letter of path and query must stand there encoded as AWS encodes it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @param headers what is sent and signed beside the host, names in lower case
 */
export function recomputed(
  url: string,
  secretAccessKey: string,
  method = 'GET',
  headers: Readonly<Record<string, string>> = {},
): Recomputed {
  const [, host = '', path = '', query = ''] = /^https?:\/\/([^/]+)([^?]*)\?(.*)$/.exec(url) ?? [];
  const parameters = query.split('&').filter((item) => !item.startsWith('X-Amz-Signature='));
  const value = (name: string) =>
    decodeURIComponent(parameters.find((item) => item.startsWith(`${name}=`))?.slice(name.length + 1) ?? '');
  const names = value('X-Amz-SignedHeaders').split(';');
  const sent: Readonly<Record<string, string>> = { ...headers, host };
  const canonicalRequest = [
    method,
    path,
    [...parameters].sort().join('&'),
    ...names.map((name) => `${name}:${sent[name] ?? ''}`),
    '',
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const scope = value('X-Amz-Credential').split('/').slice(1);
  const digest = createHash('sha256').update(canonicalRequest).digest('hex');
  const stringToSign = ['AWS4-HMAC-SHA256', value('X-Amz-Date'), scope.join('/'), digest].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return {
    canonicalRequest,
    stringToSign,
    signature: hmac(key, stringToSign).toString('hex'),
    carried: new URL(url).searchParams.get('X-Amz-Signature'),
  };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
