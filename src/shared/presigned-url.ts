import { SandglassError } from './errors.ts';
import { Query, readSignature, type SignatureFacts } from './presigned-query.ts';
import { objectAt, recognisedHost, type S3Host } from './s3-host.ts';

/** The request a link stands for. The signature covers the method, but a presigned URL does not state it. */
export interface PresignedMethod {
  readonly name: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD';
  /** False where this is the likeliest reading only: sent with another method, S3 refuses the signature. */
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
export interface PresignedUrlReport extends SignatureFacts, S3Host {
  readonly method: PresignedMethod;
  /** Decoded; null where the link means the bucket itself. */
  readonly key: string | null;
  /** With its port, where the link names one. */
  readonly host: string;
  /** The host's region, or else the one it was signed for. */
  readonly region: string | null;
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

const ENDS_WITH_ITS_TOKEN =
  'It was signed with temporary credentials: it ends when they do, which may be before the date it gives.';
const OVERRIDE = /^response-[a-z-]+$/;
const BORNE_SKEW_SECONDS = 900;
const S3_SERVICES = new Set(['s3', 's3-outposts', 's3-object-lambda', 's3express']);
const FOREIGN_SIGNATURES: readonly (readonly [string, string])[] = [
  ['Key-Pair-Id', 'CloudFront'],
  ['X-Goog-Signature', 'Google Cloud Storage'],
  ['GoogleAccessId', 'Google Cloud Storage'],
  ['sig', 'Azure'],
];

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
  const host = recognisedHost(url.hostname);
  const object = objectAt(host, path);
  const shown = (name: string) => masked(query.value(name));
  if (url.protocol === 'http:' && !/^(localhost|127\..*|\[::1\])$/.test(url.hostname)) {
    problems.push('It goes over plain http: whoever carries it on the way can read and use it.');
  }
  problems.push(...object.problems, ...facts.problems, ...signerProblems(facts, host));
  return {
    ...facts,
    ...host,
    method: presignedMethod(facts, query, object.key !== null),
    bucket: masked(object.bucket),
    key: masked(object.key),
    host: url.host,
    region: host.region ?? facts.signedRegion,
    mayEndEarlier: facts.hasSessionToken || facts.accessKeyKind === 'temporary' ? ENDS_WITH_ITS_TOKEN : null,
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

/**
 * The end itself counts as ended: MinIO still answers in that second, Ceph no longer does. A signing date ahead of
 * the clock is borne with for 15 minutes, as AWS and MinIO do ("Request is not yet valid" beyond); a strict store
 * may refuse until the signing date is reached.
 */
function stateAt(nowMs: number, { signedAt, expiresAt }: SignatureFacts): LinkState {
  if (expiresAt === null) return { kind: 'unknown' };
  const now = Math.floor(nowMs / 1000);
  const end = expiresAt / 1000;
  if (now >= end) return { kind: 'ended', sinceSeconds: now - end };
  const inSeconds = signedAt === null ? 0 : signedAt / 1000 - BORNE_SKEW_SECONDS - now;
  return inSeconds > 0 ? { kind: 'not-yet-valid', inSeconds } : { kind: 'live', remainingSeconds: end - now };
}

function signerProblems(facts: SignatureFacts, host: S3Host): readonly string[] {
  const problems: string[] = [];
  const { service, signedRegion } = facts;
  if (service !== null && !S3_SERVICES.has(service)) {
    problems.push('It was signed for another service than S3.');
  }
  // Other stores are lax: DigitalOcean's own guide has every link signed for us-east-1.
  if (host.isAws && facts.signature === 'v4' && host.region !== null && signedRegion !== null) {
    if (host.region !== signedRegion) {
      problems.push(`It was signed for ${signedRegion}, but its host is in ${host.region}: S3 refuses that.`);
    }
  }
  if (facts.signature === 'v2' && host.isAws) {
    problems.push('AWS takes this old signature (Version 2) only for buckets made before 24 June 2020.');
  }
  if (host.addressing === 'multi-region-access-point' && facts.signature !== 'v4a') {
    problems.push('A multi-region access point takes no signature but Version 4A.');
  }
  if (facts.accessKeyKind === 'temporary' && !facts.hasSessionToken) {
    problems.push('It was signed with a temporary key, but carries no session token: S3 refuses that.');
  }
  return problems;
}

interface Pasted {
  readonly url: URL;
  /** As written: a URL parser would resolve `..`, which in S3 is part of a key. */
  readonly path: string;
  readonly query: Query;
  readonly problems: string[];
}

function readPasted(text: string): Pasted {
  const problems: string[] = [];
  const joined = text.replace(/\s*[\r\n]+\s*/g, '').replace(/^[\s<"'`“‘«]+|[\s>"'`”’»]+$/g, '');
  const link = joined.replace(/&amp;|\\u0026|\\&/gi, '&').replace(/\\(?=[?=])/g, '');
  if (link !== joined) {
    problems.push(
      'It was copied out of HTML, JSON or a shell: “&amp;”, “\\u0026” and “\\&” must each become “&”.',
    );
  }
  const match = /^(https?:\/\/[^/?#\\\s]+)([^?#]*)\??([^#]*)(#?)/i.exec(link);
  const [, origin = '', path = '', search = '', hash] = match ?? [];
  if (!URL.canParse(origin)) {
    const isObject = /^s3:\/\//i.test(link);
    throw new SandglassError(
      'bad-usage',
      isObject ? 'That names an object, not a link.' : 'That is not a link.',
      {
        next: isObject
          ? 'Make a link for it with “sandglass link”.'
          : 'Paste the whole presigned link, from https:// or http:// to its end, between quotes.',
      },
    );
  }
  if (hash === '#') problems.push('It holds a “#”: what follows is never sent. A “#” in a key must be %23.');
  if (/\s/.test(link)) problems.push('There is a space in it: a space in a link must be %20.');
  const query = new Query(search);
  if (query.malformed) problems.push('Its query holds a “%” that does not begin a UTF-8 character.');
  return { url: new URL(origin), path, query, problems };
}

function refuseUnsigned(query: Query): never {
  const foreign = FOREIGN_SIGNATURES.find(([name]) => query.has(name))?.[1];
  if (foreign !== undefined) {
    throw new SandglassError('bad-usage', `That is a signed link of ${foreign}, not a presigned S3 link.`, {
      next: 'Ask whoever made it; Sandglass reads S3 links only.',
    });
  }
  throw new SandglassError('bad-usage', 'That link is not presigned: it carries no S3 signature.', {
    next: 'Copy the whole link, with all that follows the “?”, and put it between quotes.',
  });
}

/** A link that lost an “&” carries its signature or token inside the value before it: nobody must meet it there. */
function masked(text: string | null): string | null {
  if (text === null) return null;
  return text
    .replace(/(X-Amz-(?:Security|S3session)-Token)(=|%3D)[^&]*/gi, '$1=…')
    .replace(/(Signature)(=|%3D)[A-Za-z0-9+/% ]{16,}=*/gi, '$1=…');
}

type Rule = readonly [
  name: PresignedMethod['name'],
  certain: boolean,
  holds: (has: (name: string | RegExp) => boolean, hasKey: boolean) => boolean,
  because: string,
];

/** The first that holds decides. Names are those of S3's API, in the query or (lower case) among signed headers. */
const RULES: readonly Rule[] = [
  ['PUT', true, (has) => has(/^x-id=(put|copy|upload)/), 'Its x-id names an upload.'],
  ['DELETE', true, (has) => has(/^x-id=(delete|abort)/), 'Its x-id names a deletion.'],
  ['GET', true, (has) => has(/^x-id=(get|list)/), 'Its x-id names a download or a listing.'],
  [
    'PUT',
    true,
    (has) => has('partnumber') && has('uploadid'),
    'partNumber with uploadId means one part to upload.',
  ],
  ['POST', true, (has, key) => has('uploads') && key, 'uploads on a key begins an upload in parts.'],
  [
    'POST',
    false,
    (has) => has('uploadid'),
    'uploadId completes an upload (POST), lists its parts (GET) or drops it (DELETE).',
  ],
  ['POST', true, (has) => has(/^(restore|select|delete)$/), 'It asks S3 for work that only POST can order.'],
  ['PUT', true, (has) => has('x-amz-copy-source'), 'It names an object to copy from.'],
  ['GET', false, (has) => has(OVERRIDE), 'It says how to answer a download (HEAD could ask the same).'],
  [
    'GET',
    false,
    (has) => has(/^(range|x-amz-checksum-mode)$/),
    'It asks for a download the way only GET and HEAD do.',
  ],
  ['GET', false, (_, key) => !key, 'It names no key, so it most likely lists the bucket.'],
  ['PUT', false, (has) => has(UPLOAD_HEADER), 'It demands headers that go with an upload.'],
];
const ANYTHING_ELSE: Rule = [
  'GET',
  false,
  () => true,
  'Nothing in it tells; most presigned links are downloads.',
];
const UPLOAD_HEADER =
  /^(content-(length|md5|type|encoding|disposition)|if-none-match|x-amz-(acl|tagging|storage-class|meta-.+|grant-.+|checksum-(crc|sha).+|sdk-checksum-algorithm|server-side-encryption(-aws.+)?|object-lock.+))$/;

/** What Version 2 does not sign anyone may have added, so nothing is certain there but its own sub-resources. */
function presignedMethod(facts: SignatureFacts, query: Query, hasKey: boolean): PresignedMethod {
  const operation = facts.signature === 'v2' ? null : query.value('x-id');
  const names = [...query.names(), ...facts.demandedHeaders, `x-id=${operation?.toLowerCase() ?? ''}`];
  const has = (name: string | RegExp) =>
    names.some((each) => (typeof name === 'string' ? each === name : name.test(each)));
  const [name, certain, , because] = RULES.find(([, , holds]) => holds(has, hasKey)) ?? ANYTHING_ELSE;
  return { name, certain, because };
}
