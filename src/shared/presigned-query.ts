import { MAX_LIFE_SECONDS } from './expiry.ts';
import { percentDecoded } from './s3-host.ts';

interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A link's query. Names are found whatever their case, so that a link which S3 may refuse can still be read. */
export class Query {
  /** True where a percent escape in it is broken. */
  readonly malformed: boolean;
  readonly #parameters: readonly Parameter[];

  constructor(query: string) {
    let malformed = false;
    const plain = (text: string) => {
      const decoded = percentDecoded(text.replaceAll('+', ' '));
      malformed ||= decoded === null;
      return decoded ?? text;
    };
    const items = query.split('&').filter((item) => item !== '');
    this.#parameters = items.map((item) => {
      const [name = ''] = item.split('=', 1);
      return { name: plain(name), value: plain(item.slice(name.length + 1)) };
    });
    this.malformed = malformed;
  }

  has(name: string): boolean {
    return this.#named(name).length > 0;
  }

  repeats(name: string): boolean {
    return this.#named(name).length > 1;
  }

  /** Whether a name stands there with other capitals than these. */
  misspells(name: string): boolean {
    return this.#named(name).some((parameter) => parameter.name !== name);
  }

  /** The first value of that name, or null. It may be a secret, or hold one: see `withoutSecrets`. */
  value(name: string): string | null {
    return this.#named(name)[0]?.value ?? null;
  }

  /** The names in lower case and in their order. */
  names(): readonly string[] {
    return this.#parameters.map((parameter) => parameter.name.toLowerCase());
  }

  #named(name: string): readonly Parameter[] {
    return this.#parameters.filter((parameter) => parameter.name.toLowerCase() === name.toLowerCase());
  }
}

/** What the signature's parameters tell, all of them together; never the signature itself. */
export interface SignatureFacts {
  /** `v4a` is Version 4 over elliptic curves, which multi-region access points ask for. */
  readonly signature: 'v4' | 'v4a' | 'v2';
  /** The service it was signed for; null where the scope cannot be read. */
  readonly service: string | null;
  /** The region it was signed for: `auto` or `*` with some stores, null for Version 2. */
  readonly signedRegion: string | null;
  /** No secret. Null where it cannot be read for certain. */
  readonly accessKeyId: string | null;
  /** By the key id's first letters: AWS gives AKIA to a user's own key, ASIA to a temporary one. */
  readonly accessKeyKind: 'long-lived' | 'temporary' | 'unknown';
  readonly hasSessionToken: boolean;
  /** Milliseconds since 1970; null for Version 2, which does not tell. */
  readonly signedAt: number | null;
  /** Milliseconds since 1970; null where the link's own words make no date. */
  readonly expiresAt: number | null;
  readonly lifetimeSeconds: number | null;
  /** Lower case, without `host`: whoever opens the link must send them as signed. Version 2 does not tell. */
  readonly demandedHeaders: readonly string[];
  readonly problems: readonly string[];
}

const V4_NAMES = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'].map(
  (name) => `X-Amz-${name}`,
);
const V2_NAMES = ['AWSAccessKeyId', 'Expires', 'Signature'];

/**
 * Reads the signature's parameters (S3 API reference, "Authenticating Requests: Using Query Parameters" for
 * Version 4, "Appendix: Authenticating requests" for Version 2). Null where there is no S3 signature at all.
 */
export function readSignature(query: Query): SignatureFacts | null {
  const v4 = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature'].some((name) => query.has(name));
  if (v4) return readV4(query);
  return query.has('AWSAccessKeyId') ? readV2(query) : null;
}

function readV4(query: Query): SignatureFacts {
  const problems = nameProblems(query, V4_NAMES);
  if (query.has('AWSAccessKeyId')) problems.push('It carries a Version 2 signature too: S3 takes only one.');
  const algorithm = query.value('X-Amz-Algorithm');
  const signature = algorithm === 'AWS4-ECDSA-P256-SHA256' ? 'v4a' : 'v4';
  if (algorithm !== null && signature === 'v4' && algorithm !== 'AWS4-HMAC-SHA256') {
    problems.push('X-Amz-Algorithm names none of the ways S3 signs: AWS4-HMAC-SHA256 is the usual one.');
  }
  const scope = scopeOf(query, signature);
  if (scope === null && query.has('X-Amz-Credential')) {
    problems.push('X-Amz-Credential is not of the form KEY/DATE/REGION/SERVICE/aws4_request.');
  }
  const date = query.value('X-Amz-Date');
  const signedAt = date === null ? null : amzDate(date);
  if (date !== null && signedAt === null) problems.push('X-Amz-Date is no date such as 20130524T000000Z.');
  if (scope !== null && date !== null && signedAt !== null && !date.startsWith(scope.day)) {
    problems.push('X-Amz-Credential and X-Amz-Date name different days: S3 refuses that.');
  }
  const lifetimeSeconds = lifetime(query, problems);
  problems.push(...signatureProblems(query.value('X-Amz-Signature'), signature));
  return {
    signature,
    service: scope?.service ?? null,
    signedRegion: scope?.region ?? null,
    ...signerOf(query, scope?.accessKeyId ?? null),
    signedAt,
    expiresAt: signedAt === null || lifetimeSeconds === null ? null : signedAt + lifetimeSeconds * 1000,
    lifetimeSeconds,
    demandedHeaders: demandedHeaders(query, problems),
    problems,
  };
}

function readV2(query: Query): SignatureFacts {
  const problems = nameProblems(query, V2_NAMES);
  const id = query.value('AWSAccessKeyId');
  const end = query.value('Expires');
  const seconds = end === null ? null : wholeSeconds(end);
  if (end !== null && seconds === null) problems.push('Expires is no Unix time in whole seconds.');
  const signature = query.value('Signature');
  if (signature?.includes(' ') === true) {
    problems.push('Its signature holds a bare “+”, which is read as a space: it must be %2B.');
  } else if (signature !== null && !/^[A-Za-z0-9+/]{27}=$/.test(signature)) {
    problems.push('Its signature is not 28 characters of base64: the link was cut off or altered.');
  }
  return {
    signature: 'v2',
    service: 's3',
    signedRegion: null,
    ...signerOf(query, id !== null && /^[^=&?\s]{1,128}$/.test(id) ? id : null),
    signedAt: null,
    expiresAt: seconds === null ? null : seconds * 1000,
    lifetimeSeconds: null,
    demandedHeaders: [],
    problems,
  };
}

function nameProblems(query: Query, names: readonly string[]): string[] {
  const fallsShort = (holds: (name: string) => boolean, what: string) => {
    const listed = names.filter(holds);
    return listed.length === 0 ? [] : [`${listed.join(', ')} ${what}`];
  };
  return [
    ...fallsShort(
      (name) => !query.value(name),
      'missing: the link was cut off, perhaps by a shell at an “&”. Quote the whole link.',
    ),
    ...fallsShort((name) => query.repeats(name), 'given more than once: S3 refuses that.'),
    ...fallsShort(
      (name) => query.misspells(name),
      'written with other capitals, which S3 may not recognise.',
    ),
  ];
}

function signerOf(query: Query, accessKeyId: string | null) {
  const prefix = accessKeyId?.slice(0, 4);
  return {
    accessKeyId,
    accessKeyKind: prefix === 'AKIA' ? 'long-lived' : prefix === 'ASIA' ? 'temporary' : 'unknown',
    // The second is how a session with a directory bucket calls its token.
    hasSessionToken: Boolean(query.value('X-Amz-Security-Token') ?? query.value('X-Amz-S3session-Token')),
  } as const;
}

interface Scope {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string | null;
  readonly service: string;
}

function scopeOf(query: Query, signature: 'v4' | 'v4a'): Scope | null {
  const region = signature === 'v4' ? '([\\w-]*)/' : '()';
  const pattern = new RegExp(`^([^=&?\\s]{1,128})/(\\d{8})/${region}([\\w-]+)/aws4_request$`);
  const match = pattern.exec(query.value('X-Amz-Credential') ?? '');
  if (match === null) return null;
  const [, accessKeyId = '', day = '', one = '', service = ''] = match;
  const regionSet = /^[\w*,-]+$/.exec(query.value('X-Amz-Region-Set') ?? '')?.[0];
  return { accessKeyId, day, region: (signature === 'v4' ? one : regionSet) || null, service };
}

/** Pushes what is wrong: S3 takes 1 to 604800 seconds, in digits alone. */
function lifetime(query: Query, problems: string[]): number | null {
  const text = query.value('X-Amz-Expires');
  if (text === null || text === '') return null;
  const seconds = wholeSeconds(text);
  if (seconds === null || seconds === 0) {
    problems.push('X-Amz-Expires is not a whole number of seconds above zero.');
    return null;
  }
  if (seconds > MAX_LIFE_SECONDS) {
    problems.push(
      'X-Amz-Expires is above 604800 seconds (7 days), the most that S3 allows: it refuses the link.',
    );
  }
  return seconds;
}

function demandedHeaders(query: Query, problems: string[]): readonly string[] {
  const text = query.value('X-Amz-SignedHeaders');
  if (text === null || text === '') return [];
  const names = text.toLowerCase().split(';');
  if (names.some((name) => !/^[a-z0-9-]+$/.test(name))) {
    problems.push('X-Amz-SignedHeaders is not a list of header names.');
  }
  if (!names.includes('host')) problems.push('X-Amz-SignedHeaders lacks “host”, which S3 insists on.');
  return names.filter((name) => name !== 'host' && /^[a-z0-9-]+$/.test(name));
}

function signatureProblems(value: string | null, signature: 'v4' | 'v4a'): readonly string[] {
  if (value === null || value === '') return [];
  if (!/^[0-9a-f]+$/.test(value)) return ['Its signature holds more than the digits 0 to 9 and a to f.'];
  // An ECDSA signature is DER, whose length varies by a few bytes.
  const fits = signature === 'v4' ? value.length === 64 : value.length >= 128 && value.length <= 144;
  if (fits) return [];
  const wanted = signature === 'v4' ? '64' : 'about 140';
  return [`Its signature has ${value.length} characters, not ${wanted}: the link was cut off or altered.`];
}

function amzDate(text: string): number | null {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  const ms = iso === text ? NaN : Date.parse(iso);
  // A parser may roll 31 June over into July; S3 does not.
  return Number.isNaN(ms) || new Date(ms).toISOString() !== iso ? null : ms;
}

/** Ten digits at most: enough for the year 2286, and too few for a time in milliseconds. */
function wholeSeconds(text: string): number | null {
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}
