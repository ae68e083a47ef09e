import { z } from 'zod';
import { ENDPOINT_VARIANTS } from './endpoint-variant.ts';
import { LANGUAGE_CHOICES, LANGUAGES } from './words/language.ts';

/** The shapes that cross from the main process to the window. They hold no URL, no key id and no secret. */

const moment = z.number().int().nonnegative();
const bytes = z.number().int().nonnegative();
const shareId = z.string().regex(/^[0-9a-f]{10}$/);

/** How long links live: a choice of the row of buttons, or a moment (milliseconds since 1970). */
export const life = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('seconds'), seconds: z.number().int().min(1).max(604_800) }),
  z.strictObject({ kind: z.literal('until'), at: moment }),
]);

/** The longest sentence, in characters. */
export const MOST_TOLD = 1_000;

/** What failed, made anew from a code: no stack, no path of ours, no query. */
export const failure = z.strictObject({
  code: z.string().max(40),
  message: z.string().max(MOST_TOLD),
  next: z.string().max(MOST_TOLD).nullable(),
  requestId: z.string().max(200).nullable(),
});

const sending = { sentBytes: bytes, totalBytes: bytes };

/** Where a share stands. Whether a live link has ended follows from its end and the clock. */
export const shareStanding = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('uploading'),
    ...sending,
    /** Smoothed; null until it can be told. */
    bytesPerSecond: z.number().nonnegative().nullable(),
    secondsLeft: z.number().nonnegative().nullable(),
    /** The server had lost what was sent, so that it is sent anew. */
    restarted: z.boolean(),
    /** Others are sent first. */
    waits: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('paused'), ...sending, reason: failure.nullable() }),
  z.strictObject({ kind: z.literal('interrupted') }),
  z.strictObject({
    kind: z.literal('live'),
    /** What one byte through the link said: nobody asked, it works, or why not. */
    probe: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('untried') }),
      z.strictObject({ kind: z.literal('works') }),
      z.strictObject({ kind: z.literal('dead'), failure }),
    ]),
    /** What is not as it was asked for, though the link works. */
    remark: failure.optional(),
  }),
  z.strictObject({ kind: z.literal('failed'), failure: failure.nullable() }),
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({
    kind: z.literal('revoked'),
    /** Where the bucket keeps versions, deleting only hides. */
    isHidden: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal('gone'),
    /** Whether Sandglass deleted it when its link ended, or found it gone; null while that is under way. */
    how: z.enum(['deleted', 'hidden', 'found-gone']).nullable(),
  }),
  z.strictObject({
    kind: z.literal('awaited'),
    /** One object by a link, or files by a form. */
    way: z.enum(['put', 'form']),
    /** When the last upload may be begun; whether that is over follows from the clock. */
    uploadEndsAt: moment,
    /** Why the last look could not tell whether it has arrived; null where it could, or nobody has looked yet. */
    trouble: failure.nullable(),
  }),
]);

/** One row of the list, and all that its details show. Moments are by the server's clock. */
export const shareRow = z.strictObject({
  id: shareId,
  name: z.string(),
  size: bytes.nullable(),
  bucket: z.string(),
  key: z.string(),
  region: z.string(),
  endpoint: z.string().nullable(),
  /** Whose keys signed, in words. */
  origin: z.string(),
  sharedAt: moment,
  signedAt: moment,
  expiresAt: moment,
  requestedExpiresAt: moment,
  limitedBy: z.enum(['credentials', 'maximum', 'restore']).nullable(),
  standing: shareStanding,
  /** What becomes of the object when its link ends; absent where the share did not upload it. */
  atEnd: z
    .strictObject({
      /** When it is deleted; null where it stays. */
      goneAt: moment.nullable(),
      /** Whether that may still be chosen. */
      mayChoose: z.boolean(),
      /** False where something else lay under its key when it was to be deleted. */
      isOurs: z.boolean(),
      /** Why it could not be deleted; it is tried again. */
      failure: failure.nullable(),
    })
    .optional(),
  /** When the invitation by which somebody else uploaded it ends: until then they may upload it again. */
  invitedUntil: moment.optional(),
  /** Why a new link is offered at once: it would live longer, or the old one cannot be copied any more. */
  offer: z.enum(['longer', 'signer-gone']).optional(),
});

export const sharePage = z.strictObject({ total: z.number().int(), rows: z.array(shareRow) });

export const accountSummary = z.strictObject({
  name: z.string(),
  keysIn: z.enum(['keychain', 'memory', 'profile']),
  profile: z.string().nullable(),
  endpoint: z.string().nullable(),
  bucket: z.string().nullable(),
});

/** What is known of the window's surroundings; pushed whole whenever a part of it changes. */
export const board = z.strictObject({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
  accounts: z.array(accountSummary),
  /** The account that drops go to; null before the first is connected. */
  currentAccount: z.string().nullable(),
  /** Where new keys would be kept. */
  vaultKeeps: z.enum(['keychain', 'memory']),
  life,
  /** Whether the objects of the next drop go with their links. */
  goneAtEnd: z.boolean(),
  /** Milliseconds by which the server's clock is ahead of this computer's. */
  clockOffset: z.number(),
  /** The language that was chosen, and the one that is spoken. */
  language: z.strictObject({ chosen: z.enum(LANGUAGE_CHOICES), spoken: z.enum(LANGUAGES) }),
  /** How many files that came from outside wait for a bucket; main shares them once there is one. */
  waitingFiles: z.number().int().nonnegative().optional(),
  preferences: z.strictObject({
    launchAtLogin: z.boolean(),
    globalShortcut: z.string().nullable(),
    /** What uploads may take of the line, as `parseBandwidth` reads it. */
    bandwidth: z.string(),
  }),
});

/** What a link signed now would be. */
export const lifePreview = z.strictObject({
  expiresAt: moment,
  requestedExpiresAt: moment,
  limitedBy: z.enum(['credentials', 'maximum', 'restore']).nullable(),
  /** True where the token does not tell its end. */
  endUncertain: z.boolean(),
});

export const providers = ['aws', 'r2', 'b2', 'wasabi', 'spaces', 'custom'] as const;

/** An account as it is being connected: the only message that ever carries a secret, and only towards main. */
export const accountDraft = z.strictObject({
  name: z.string().min(1).max(64),
  keys: z.discriminatedUnion('in', [
    z.strictObject({ in: z.literal('profile'), profile: z.string().min(1).max(128) }),
    z.strictObject({
      in: z.literal('keychain'),
      accessKeyId: z.string().min(1).max(256),
      secretAccessKey: z.string().min(1).max(1_024),
    }),
  ]),
  endpoint: z.string().max(512).nullable(),
  region: z.string().max(64).nullable(),
  pathStyle: z.boolean().nullable(),
  /** How AWS is reached, where not by its plain endpoints. */
  variants: z.array(z.enum(ENDPOINT_VARIANTS)).max(ENDPOINT_VARIANTS.length).optional(),
  bucket: z.string().min(1).max(255).nullable(),
  prefix: z.string().max(512).nullable(),
});

/** The steps of an account's test, in their order. Each face of the app has its own words for them. */
export const checkStepNames = ['put', 'open-link', 'delete', 'begin-multipart', 'abort-multipart'] as const;

export const checkStep = z.strictObject({
  name: z.enum(checkStepNames),
  /** What S3 calls the right that it needs. */
  permission: z.string(),
  failure: failure.nullable(),
});

/** A file that main has been given, known to the window by an id that means nothing elsewhere. */
export const offeredFile = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), fileId: z.uuid(), name: z.string(), size: bytes }),
  z.strictObject({ kind: z.literal('refused'), name: z.string(), failure }),
]);

export { shareId };

export type LifeChoice = z.infer<typeof life>;
export type Failure = z.infer<typeof failure>;
export type ShareStanding = z.infer<typeof shareStanding>;
export type ShareRow = z.infer<typeof shareRow>;
export type SharePage = z.infer<typeof sharePage>;
export type AccountSummary = z.infer<typeof accountSummary>;
export type Board = z.infer<typeof board>;
export type LifePreview = z.infer<typeof lifePreview>;
export type Provider = (typeof providers)[number];
export type AccountDraft = z.infer<typeof accountDraft>;
export type CheckStepName = (typeof checkStepNames)[number];
export type CheckStepView = z.infer<typeof checkStep>;
export type OfferedFile = z.infer<typeof offeredFile>;
