import { SandglassError } from './errors.ts';
import { Query, readSignature, type SignatureFacts } from './presigned-query.ts';
import { objectAt, recognisedHost, type S3Host } from './s3-host.ts';

/** The request a link stands for. A presigned URL does not say: the signature covers the method silently. */
export interface PresignedMethod {
  readonly name: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
  /** False where this is the likeliest reading, and S3 would still answer that the signature does not match. */
  readonly certain: boolean;
  /** The reason, as a sentence. */
  readonly because: string;
}

/** Where a link stands in time by its own dates, in whole seconds: those are what signatures count in. */
export type LinkState =
  | { readonly kind: 'live'; readonly remainingSeconds: number }
  | { readonly kind: 'ended'; readonly sinceSeconds: number }
  | { readonly kind: 'not-yet-valid'; readonly inSeconds: number }
  /** The link's dates are missing or cannot be read; `problems` says which. */
  | { readonly kind: 'unknown' };

/** All that a presigned S3 URL tells; see SignatureFacts and S3Host too. Holds no signature and no token. */
export interface PresignedUrlReport extends SignatureFacts, Omit<S3Host, 'isAws'> {
  readonly method: PresignedMethod;
  /** Decoded; null where the link means the bucket itself. */
  readonly key: string | null;
  /** With its port, where the link names one. */
  readonly host: string;
  /** The host's region, or else the one it was signed for. */
  readonly region: string | null;
  /** By the key id's first letters, as AWS gives them out: AKIA is a user's own key, ASIA a temporary one. */
  readonly accessKeyKind: 'long-lived' | 'temporary' | 'unknown';
  readonly hasSessionToken: boolean;
  /** A sentence where the link may end before `expiresAt`, because its signer does; else null. */
  readonly mayEndEarlier: string | null;
  /** What S3 is told to answer with instead of the stored headers: `response-content-disposition` and its like. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly versionId: string | null;
  readonly partNumber: string | null;
  readonly uploadId: string | null;
  readonly state: LinkState;
  /** What S3 may refuse, or a reader should know, each as one sentence. Empty for a sound link. */
  readonly problems: readonly string[];
}

/**
 * Tells what a presigned S3 URL is, and when it ends, without asking anyone: whether its signature is right, its
 * key still exists or its bucket's policy allows it is known to S3 alone. `state` goes by the dates only.
 * @param text the link as pasted; white space, brackets, quotes and line breaks are forgiven
 * @param nowMs milliseconds since 1970
 * @throws SandglassError bad-usage where it is no http or https URL, or no presigned S3 one; never with its query
 */
export function inspectPresignedUrl(text: string, nowMs: number): PresignedUrlReport {
  const { url, path, query, problems } = readPasted(text);
  const facts = readSignature(query) ?? refuseUnsigned(query);
  const { isAws, ...host } = recognisedHost(url.hostname);
  const object = objectAt({ isAws, ...host }, path);
  const hasSessionToken = SESSION_TOKENS.some((name) => (query.value(name) ?? '') !== '');
  const shown = (name: string) => masked(query.value(name));
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    problems.push('It goes over plain http: whoever carries it on the way can read and use it.');
  }
  problems.push(...object.problems, ...facts.problems, ...signerProblems(facts, host, isAws, hasSessionToken));
  return {
    ...facts,
    ...host,
    method: presignedMethod(facts, query, object.key !== null),
    bucket: masked(object.bucket),
    key: masked(object.key),
    host: url.host,
    region: host.region ?? facts.signedRegion,
    accessKeyKind: keyKind(facts.accessKeyId),
    hasSessionToken,
    mayEndEarlier: hasSessionToken || keyKind(facts.accessKeyId) === 'temporary' ? WITH_ITS_TOKEN : null,
    overrides: Object.fromEntries(
      query.names().flatMap((name) => (OVERRIDE.test(name) ? [[name, shown(name) ?? '']] : [])),
    ),
    versionId: shown('versionId'),
    partNumber: shown('partNumber'),
    uploadId: shown('uploadId'),
    state: stateAt(nowMs, facts),
    problems,
  };
}
