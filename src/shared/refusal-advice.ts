import type { Asked, S3Refusal } from './s3-refusal.ts';

/** What most likely stands behind a refusal, and whom to ask for what. */
export interface Advice {
  readonly message: string;
  readonly next: string;
}

/** What is known of a refusal beside its code; see `S3Refusal`. */
export type Refused = Pick<S3Refusal, 'code' | 'said' | 'signatureAgeSeconds'>;

/** A signature younger than this many seconds meets hardly any limit on its age: those are set in minutes. */
const YOUNG_SECONDS = 60;

/** No sentence of S3's is longer; what is, is not read. */
const LONGEST_SENTENCE = 2_000;

interface Rule {
  /** Whether the refusal is of this kind; the text that it found is told to `advice` as a known action. */
  readonly meant: (refused: { readonly code: string; readonly said: string }) => boolean;
  readonly advice: (asked: Asked, known: Known) => Advice;
}

interface Known {
  /** The right that was missing, such as s3:PutObject, where S3 named one that is spelled like one. */
  readonly right: string | null;
  readonly signatureAgeSeconds: number | undefined;
}

const saying =
  (phrase: RegExp) =>
  ({ said }: { readonly said: string }) =>
    phrase.test(said);
const coded =
  (...codes: readonly string[]) =>
  ({ code }: { readonly code: string }) =>
    codes.includes(code);

/**
 * What AWS documents that S3 says, most telling first. The phrases are matched and never repeated: a server may write
 * anything around them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const RULES: readonly Rule[] = [
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
    meant: coded('AccessControlListNotSupported'),
    advice: ({ bucket }) => ({
      message: `The bucket “${bucket}” takes no access control lists (its owner has turned them off), and the request carried one.`,
      next: 'Sandglass itself sends none: look for what adds an x-amz-acl header on the way, or ask the bucket’s owner for “Object Ownership” with ACLs enabled.',
    }),
  },
  {
    meant: ({ code, said }) =>
      /^KMS\.(Disabled|NotFound|KMSInvalidState)/.test(code) || /\bis pending deletion\b/.test(said),
    advice: ({ bucket }) => ({
      message: `The key that encrypts the bucket “${bucket}” cannot be used: it is disabled, or being deleted.`,
      next: 'Ask the bucket’s owner to enable the KMS key again, or to encrypt the bucket with another.',
    }),
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    meant: saying(/not authorized to perform: kms:|ciphertext refers to a customer master key/),
    advice: ({ bucket }, { right }) => ({
      message: `The bucket “${bucket}” is encrypted with a KMS key that these credentials may not use${right === null ? '' : ` (${right})`}.`,
      next: 'Ask the owner of the bucket’s KMS key to allow kms:GenerateDataKey and kms:Decrypt on it: uploads need both, downloads the second.',
    }),
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    meant: saying(
      /\bbecause .{0,120}\b(BlockPublicAcls|IgnorePublicAcls|BlockPublicPolicy|RestrictPublicBuckets)\b/,
    ),
    advice: ({ bucket }) => ({
      message: `Block Public Access refuses this on the bucket “${bucket}”: somebody’s access counts as public there.`,
      next: 'A presigned link is not public access, so ask the bucket’s owner to name these credentials in a policy that is not public; nothing need be opened to the world.',
    }),
  },
  {
    meant: saying(/\bbecause object protected by object lock\b/),
    advice: () => ({
      message: 'The object is locked against deletion until its retention ends (Object Lock).',
      next: 'Ask the bucket’s owner when the lock ends; until then only rotating the key that signed ends its links.',
    }),
  },
  {
    meant: saying(/\bin a VPC endpoint policy\b|\bbecause no VPC endpoint policy allows\b/),
    advice: ({ bucket }) => ({
      message: `The network’s own way to S3 (a VPC endpoint) does not let this through to the bucket “${bucket}”.`,
      next: 'Ask whoever runs the network to allow the bucket in the VPC endpoint’s policy, or try from another network.',
    }),
  },
  {
    meant: saying(
      /\bin a (service|resource) control policy\b|\bbecause no (service|resource) control policy allows\b/,
    ),
    advice: (asked, { right }) => ({
      message: `A rule of the whole AWS organization does not let these credentials ${asked.doing} the bucket “${asked.bucket}”.`,
      next: `Ask the organization’s administrator for ${right ?? 'the right'}: the bucket’s owner cannot allow what a control policy forbids.`,
    }),
  },
  {
    meant: saying(/\bwith an explicit deny in a resource-based policy\b/),
    advice: deniedByBucket,
  },
  {
    meant: saying(/\bbecause no resource-based policy allows\b/),
    advice: ({ bucket }, { right }) => ({
      message: `The policy of the bucket “${bucket}” does not mention these credentials, and they belong to another account.`,
      next: `Ask the bucket’s owner to allow ${right ?? 'the action'} for them in the bucket’s policy.`,
    }),
  },
  {
    meant: saying(
      /\b(in an identity-based policy|in a permissions boundary|in a session policy)\b|\bbecause no (identity-based policy|permissions boundary|session policy) allows\b/,
    ),
    advice: (asked, { right }) => ({
      message: `These credentials may not ${asked.doing} the bucket “${asked.bucket}”${right === null ? '' : `: they lack ${right}`}.`,
      next: `Ask whoever gave you the keys for ${right ?? 'the right'}; the bucket itself does not stand in the way.`,
    }),
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/PresignedUrlUploadObject.html
    meant: ({ code, said }) => code === 'AccessDenied' && /^Request has expired\.?$/.test(said),
    advice: () => ({
      message: 'The link had ended by the server’s clock when it was opened.',
      next: 'Make a new link; where that happens at once, the credentials that sign end too soon.',
    }),
  },
];

/**
 * A bucket's own Deny does not say which condition it was. A signature that had just been made was not too old, so it
 * is the network, or what else a policy can ask for; an older one most likely met `s3:signatureAge`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html#PresignedUrlUploadObject-LimitCapabilities
 */
function deniedByBucket({ doing, bucket }: Asked, { right, signatureAgeSeconds: age }: Known): Advice {
  const what = right ?? 'this';
  if (age !== undefined && age >= YOUNG_SECONDS) {
    return {
      message: `The policy of the bucket “${bucket}” forbids ${what}: most likely it limits how old a link may be (s3:signatureAge), and this one was signed ${described(age)} ago.`,
      next: 'Ask the bucket’s owner how long links may live, and make them no longer; or it limits the networks that links may be opened from (aws:SourceIp, aws:SourceVpc).',
    };
  }
  const ruledOut = age === undefined ? ', or of how old a signature may be (s3:signatureAge)' : '';
  return {
    message: `The policy of the bucket “${bucket}” forbids to ${doing} it: most likely it is a matter of the network (aws:SourceIp, aws:SourceVpc)${ruledOut}.`,
    next: `Ask the bucket’s owner from where ${what} is allowed, and whether uploads must be encrypted in a certain way.`,
  };
}

function described(seconds: number): string {
  return seconds < 7200 ? `${Math.floor(seconds / 60)} minutes` : `${Math.floor(seconds / 3600)} hours`;
}

/**
 * Which limit of the owner's most likely refused, where the answer shows it; null where it does not. AWS tells why only
 * within one account or organization: all others hear “Access Denied”. Nothing of what the server said is in the advice
 * but the name of a right, spelled as AWS spells them.
 */
export function adviceFor(
  { code = '', said = '', signatureAgeSeconds }: Refused,
  asked: Asked,
): Advice | null {
  const words = { code, said: said.length > LONGEST_SENTENCE ? '' : said };
  const rule = RULES.find(({ meant }) => meant(words));
  return rule?.advice(asked, { right: rightIn(words.said), signatureAgeSeconds }) ?? null;
}

/** The action in “… is not authorized to perform: s3:PutObject on resource: …”. */
function rightIn(said: string): string | null {
  return /\bis not authorized to perform: ((?:s3|kms):[A-Z][A-Za-z]{2,40})\b/.exec(said)?.[1] ?? null;
}
