interface Parts {
  readonly signedAt?: number;
  readonly seconds?: number;
  readonly more?: string;
  readonly key?: string;
  readonly accessKeyId?: string;
}

/** A presigned link as AWS makes it; its signature is nobody's. */
export function presigned({
  signedAt = Date.UTC(2026, 10, 23, 12),
  seconds = 3600,
  more = '',
  key = '2026/report%20final.pdf',
  accessKeyId = 'AKIAIOSFODNN7EXAMPLE',
}: Parts = {}): string {
  const date = new Date(signedAt).toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${accessKeyId}/${date.slice(0, 8)}/eu-central-1/s3/aws4_request`;
  return (
    `https://family-album.s3.eu-central-1.amazonaws.com/${key}?X-Amz-Algorithm=AWS4-HMAC-SHA256` +
    `&X-Amz-Credential=${encodeURIComponent(scope)}&X-Amz-Date=${date}&X-Amz-Expires=${seconds}` +
    `&X-Amz-SignedHeaders=host${more}&X-Amz-Signature=${'0123456789abcdef'.repeat(4)}`
  );
}
