import { vi } from 'vitest';
import type { TargetObject } from '../../../src/main/share/target-object.ts';
import { SignedTarget } from '../../../src/main/share/upload-target.ts';
import { scriptedBucket, type Answer } from './scripted-bucket.ts';

export const NOON = Date.UTC(2026, 6, 1, 12);
export const CREATE = { CreateMultipartUpload: { UploadId: 'u1' } };
const headers = { contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'mark' };

/** What HEAD answers of an object that the upload with this mark has made. */
export const madeBy = (mark: string) => ({
  HeadObject: { ContentLength: 1, Metadata: { 'sandglass-upload': mark } },
});

/** A signed target over a bucket that answers by script. Its own upload has the mark `mark`. */
export function targetScene(
  answers: Readonly<Record<string, Answer>> = CREATE,
  change: Partial<TargetObject> = {},
) {
  const bucket = scriptedBucket(answers);
  const onUploadId = vi.fn<TargetObject['onUploadId']>(() => true);
  const target = new SignedTarget(bucket.access, {
    ...{
      key: 'a.txt',
      headers,
      neverOverwrite: false,
      unheard: false,
      since: NOON,
      onUploadId,
      settling: () => Promise.resolve(),
    },
    ...change,
  });
  return { ...bucket, target, onUploadId };
}
