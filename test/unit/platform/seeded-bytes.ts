import { createCipheriv } from 'node:crypto';

/** Bytes that look random and are the same for a seed at every run. */
export function seededBytes(seed: number, bytes: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeUInt32LE(seed);
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), iv).update(Buffer.alloc(bytes));
}
