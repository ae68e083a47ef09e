/** Units in which a person writes a size, in bytes: decimal, as sizes are told here. */
export const SIZE_STEPS = { kB: 1_000, MB: 1_000_000, GB: 1_000_000_000 } as const;
export type SizeStep = keyof typeof SIZE_STEPS;
export const SIZE_STEP_NAMES = Object.keys(SIZE_STEPS) as readonly SizeStep[];

/** The largest object that one POST makes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
const MAX_UPLOAD_BYTES = 5 * 1024 ** 3;

/** Bytes; null where nothing is typed, undefined for what is no size that a form can take. */
export function typedBytes(amount: string, unit: SizeStep): number | null | undefined {
  const plain = amount.trim().replace(',', '.');
  if (plain === '') return null;
  if (!/^\d{1,10}(\.\d{1,3})?$/.test(plain)) return undefined;
  const bytes = Math.round(Number(plain) * SIZE_STEPS[unit]);
  return bytes <= MAX_UPLOAD_BYTES ? bytes : undefined;
}
