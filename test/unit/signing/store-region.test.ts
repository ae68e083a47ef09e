import { describe, expect, it } from 'vitest';
import { firstRegion, bucketLocation, settledRegion } from '../../../src/main/signing/location.ts';
import { presign, type Signable } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { storeRegion } from '../../../src/main/signing/store-region.ts';
import { recomputed } from './recomputed-signature.ts';
import { ACCOUNT, endpointOf, type Store } from './stores.ts';

const KEYS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
const AT = { bucket: 'films', key: 'a.txt' };
const BODY = { size: 5, md5: '1B2M2Y8AsgTpgAmY7PhCfg==' };
const HEADERS = { contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'm4rk' };
const SIGNABLES: readonly Signable[] = [
  { verb: 'get-object', ...AT },
  { verb: 'put-object', ...AT, ...BODY, headers: HEADERS, neverOverwrite: true },
  { verb: 'upload-part', ...AT, ...BODY, uploadId: 'u1', partNumber: 1 },
];

async function signed(store: Store, signable: Signable, seconds = 604_800) {
  const location = bucketLocation('films', endpointOf(store), firstRegion(endpointOf(store)));
  const client = s3Client(location, KEYS, new ServerClock({ now: () => 0 }));
  return presign(client, signable, { signedAt: Date.UTC(2026, 6, 1), expiresInSeconds: seconds });
}

describe.each([
  ['Cloudflare R2', `https://${ACCOUNT}.r2.cloudflarestorage.com/films/a.txt`, 'auto'],
  ['Backblaze B2', 'https://s3.eu-central-003.backblazeb2.com/films/a.txt', 'eu-central-003'],
  ['Wasabi', 'https://s3.eu-central-1.wasabisys.com/films/a.txt', 'eu-central-1'],
  ['DigitalOcean Spaces', 'https://fra1.digitaloceanspaces.com/films/a.txt', 'fra1'],
  ['MinIO', 'http://127.0.0.1:9000/films/a.txt', 'us-east-1'],
  ['Ceph RGW', 'https://rgw.example.org/films/a.txt', 'us-east-1'],
  ['OpenStack Swift', 'https://swift.example.org/films/a.txt', 'RegionOne'],
] as const)('a link at %s', (store, address, region) => {
  it('has the bucket in the path and is signed for the region that the store takes', async () => {
    const { url } = await signed(store, { verb: 'get-object', ...AT });
    expect(url.split('?')[0]).toBe(address);
    const { searchParams } = new URL(url);
    expect(searchParams.get('X-Amz-Credential')).toBe(`AKIAEXAMPLE/20260701/${region}/s3/aws4_request`);
    expect(searchParams.get('X-Amz-Expires')).toBe('604800');
    const { carried, signature } = recomputed(url, KEYS.secretAccessKey);
    expect(carried).toBe(signature);
  });

  it('lives 7 days at most, which every store takes', async () => {
    await expect(signed(store, { verb: 'get-object', ...AT }, 604_801)).rejects.toMatchObject({
      code: 'expiry-invalid',
    });
  });

  it('and uploads to it, carry no checksum but Content-MD5 and no ACL', async () => {
    for (const signable of SIGNABLES) {
      const { url, headers } = await signed(store, signable);
      const said = `${url} ${JSON.stringify(headers)}`;
      expect(said).not.toMatch(/x-amz-(acl|grant|checksum|sdk-checksum)|crc32|AAAAAA/i);
    }
  });
});

describe('a store’s address', () => {
  it.each([
    [`https://${ACCOUNT}.r2.cloudflarestorage.com`, 'auto'],
    [`https://${ACCOUNT}.eu.r2.cloudflarestorage.com`, 'auto'],
    ['https://s3.us-west-004.backblazeb2.com', 'us-west-004'],
    ['https://s3.eu-central-2.wasabisys.com', 'eu-central-2'],
    ['https://s3.wasabisys.com', 'us-east-1'],
    ['https://s3.nl-1.wasabisys.com', 'eu-central-1'],
    ['https://s3.uk-2.wasabisys.com', 'eu-west-3'],
    ['https://films.s3.de-1.wasabisys.com', 'eu-central-2'],
    ['https://nyc3.digitaloceanspaces.com', 'nyc3'],
  ])('%s settles the region %s, whatever AWS_REGION says, without asking', (url, region) => {
    expect(storeRegion(url)).toEqual({ region, settled: true });
    expect(settledRegion('films', { url, region: 'us-west-2' })).toBe(region);
  });

  it.each([
    ['https://minio.example.org', null],
    ['http://127.0.0.1:9000', null],
    ['https://s3.fr-par.scw.cloud', 'fr-par'],
    ['https://fsn1.your-objectstorage.com', 'fsn1'],
    [undefined, null],
  ])('%s settles nothing, though it may tell %s', (url, region) => {
    expect(storeRegion(url)).toEqual({ region, settled: false });
  });
});
