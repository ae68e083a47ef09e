import type { Refused } from './probe.ts';
import type { S3Server } from './s3-servers.ts';

const MALFORMED_QUERY: Refused = { status: 400, code: 'AuthorizationQueryParametersError' };
const NO_SUCH_UPLOAD: Refused = { status: 404, code: 'NoSuchUpload' };
const DENIED: Refused = { status: 403, code: 'AccessDenied' };
const MISMATCH: Refused = { status: 403, code: 'SignatureDoesNotMatch' };

/**
 * Where Ceph RGW (16.2, as Debian 12 ships it) does not do as S3 does. Whatever is not listed here is the same on both.
 * The tests hold RGW to its own column, so that a change there shows itself too.
 */
const DIFFERENCES = {
  'presigned with another algorithm': { s3: MALFORMED_QUERY, rgw: DENIED },
  'presigned for another day': { s3: MALFORMED_QUERY, rgw: MISMATCH },
  'presigned for another service': { s3: MALFORMED_QUERY, rgw: MISMATCH },
  'presigned with a parameter missing': { s3: MALFORMED_QUERY, rgw: DENIED },
  'presigned for an impossible time': { s3: MALFORMED_QUERY, rgw: DENIED },
  'presigned for a fraction of a second': { s3: MALFORMED_QUERY, rgw: MISMATCH },
  'whether an ended link says so': { s3: true, rgw: false },
  'whether a delete marker says so': { s3: true, rgw: false },
  'a link that begins in an hour': { s3: 403, rgw: 200 },
  'a request signed for another region': {
    s3: { status: 400, code: 'AuthorizationHeaderMalformed' },
    rgw: 'accepted',
  },
  'the region of a bucket': { s3: 'us-east-1', rgw: undefined },
  'making a bucket twice': { s3: { status: 409, code: 'BucketAlreadyOwnedByYou' }, rgw: 'accepted' },
  'a key that is too long': {
    s3: { status: 400, code: 'KeyTooLongError' },
    rgw: { status: 400, code: 'InvalidObjectName' },
  },
  'a part number out of range': { s3: { status: 400, code: 'InvalidArgument' }, rgw: 'accepted' },
  'the ETag from Complete': { s3: undefined, rgw: '' },
  'completing with parts out of order': { s3: { status: 400, code: 'InvalidPartOrder' }, rgw: 'accepted' },
  'completing to a taken key with If-None-Match': {
    s3: { status: 412, code: 'PreconditionFailed' },
    rgw: 'accepted',
  },
  'completing twice': { s3: NO_SUCH_UPLOAD, rgw: 'accepted' },
  'completing an aborted upload': { s3: NO_SUCH_UPLOAD, rgw: { status: 500, code: 'InternalError' } },
  'whether a multipart upload keeps its tags': { s3: true, rgw: false },
  'listing the parts of an aborted upload': { s3: NO_SUCH_UPLOAD, rgw: { status: 404, code: 'NoSuchKey' } },
} as const satisfies Record<string, { readonly s3: unknown; readonly rgw: unknown }>;

/** What to expect of a server where the two differ. */
export function expected(server: S3Server, behaviour: keyof typeof DIFFERENCES): unknown {
  return DIFFERENCES[behaviour][server.kind === 'Ceph RGW' ? 'rgw' : 's3'];
}
