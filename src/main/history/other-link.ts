/**
 * In a query of `shares`: another share whose link to the same object still lives at `:now`. What an older Sandglass
 * has written beside a newer one tells no `last_end`.
 */
export const OTHER_LINK = `SELECT 1 FROM shares AS other WHERE other.id <> shares.id AND other.status = 'live'
  AND other.bucket = shares.bucket AND other.key = shares.key AND other.endpoint IS shares.endpoint
  AND max(coalesce(other.last_end, 0), other.signed_at + other.expires_in_seconds * 1000) > :now`;
