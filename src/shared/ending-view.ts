import { z } from 'zod';
import { bucketName } from './bucket-view.ts';

/** What the window may choose of how objects are stored and how they end, and what it is shown of that. */

/** Pairs as they were typed; main holds them to S3's rules, which count characters and bytes. */
const pair = (name: number, value: number) =>
  z.tuple([z.string().max(name), z.string().max(value)]).readonly();

/** What holds for all files that are dropped together. */
export const shareOptions = z.strictObject({
  tags: z.array(pair(128, 256)).max(10).readonly(),
  metadata: z.array(pair(512, 2_048)).max(50).readonly(),
  /** Whether the object is deleted when its link ends. */
  goneAtEnd: z.boolean(),
});

/** `hidden` where the bucket keeps versions: links to the object are dead, while its bytes stay. */
export const removed = z.strictObject({ did: z.enum(['deleted', 'hidden']) });

const days = z.number().int().min(1).max(3_650);
const rulePrefix = z.string().min(1).max(1_024);

/** A rule of Sandglass's own in a bucket's lifecycle. */
export const lifecycleRule = z.strictObject({
  id: z.string().regex(/^sandglass-[0-9a-f]{16}$/),
  prefix: z.string().max(1_024),
  /** Whole days after the upload. */
  days: z.number().int().nonnegative(),
  /** Whole days after which the parts of an upload that never ended are dropped. */
  abortDays: z.number().int().nonnegative(),
  /** Whether versions that were replaced or deleted go too, a day later. */
  endsVersions: z.boolean(),
});

/** Whose bucket it is: two accounts may each have one of that name. */
const place = {
  /** Main's own name for the account and its server; given back as it was shown. */
  account: z.string().min(1).max(8_192),
  bucket: bucketName,
};

const rules = {
  ...place,
  /** Sandglass's own, all of them. */
  rules: z.array(lifecycleRule),
  /** How many belong to somebody else; they are kept as they are. */
  others: z.number().int().nonnegative(),
};

export const lifecycleView = z.strictObject({
  ...rules,
  /** Where the account's drops go; null where they go all over the bucket, and no rule can be set. */
  prefix: z.string().nullable(),
});

export const lifecycleAsked = z.strictObject({ days });

export const lifecyclePreview = z.strictObject({
  ...place,
  wanted: lifecycleRule,
  /** The rule for that prefix that is there already. */
  inPlace: lifecycleRule.nullable(),
  others: z.number().int().nonnegative(),
});

/** The rule as it was shown, and where. */
export const lifecyclePut = z.strictObject({
  ...place,
  rule: lifecycleRule.extend({ prefix: rulePrefix, days, abortDays: days }),
});

export const lifecycleRemoval = z.strictObject({ ...place, prefix: rulePrefix });

export const lifecycleChange = z.strictObject({
  ...rules,
  /** False where the server still tells other rules, as it may for minutes. */
  isConfirmed: z.boolean(),
});

export type ShareOptionsChoice = Readonly<z.infer<typeof shareOptions>>;
export type LifecycleRuleView = Readonly<z.infer<typeof lifecycleRule>>;
/** Whose bucket is spoken of. */
export type LifecyclePlace = Pick<LifecycleView, 'account' | 'bucket'>;
export type LifecycleView = Readonly<z.infer<typeof lifecycleView>>;
export type LifecyclePreviewView = Readonly<z.infer<typeof lifecyclePreview>>;
export type LifecyclePut = Readonly<z.infer<typeof lifecyclePut>>;
export type LifecycleRemoval = Readonly<z.infer<typeof lifecycleRemoval>>;
export type LifecycleChangeView = Readonly<z.infer<typeof lifecycleChange>>;
