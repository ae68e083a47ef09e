import { describe, expect, it } from 'vitest';
import { bucketLocation, firstRegion, settledRegion } from '../../../src/main/signing/location.ts';

describe('the location of a bucket', () => {
  it('on AWS has the bucket in the host name and names no endpoint', () => {
    expect(bucketLocation('films', {}, 'eu-west-1')).toEqual({
      bucket: 'films',
      region: 'eu-west-1',
      pathStyle: false,
    });
  });

  it('has the region that was found, not the one that was configured', () => {
    expect(bucketLocation('films', { region: 'us-east-1' }, 'eu-west-1').region).toBe('eu-west-1');
  });

  it.each([
    ['https://minio.example.org', true],
    ['http://127.0.0.1:9000', true],
    ['http://[::1]:9000', true],
    ['https://amazonaws.com.example.org', true],
    ['https://notamazonaws.com', true],
    ['https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com', false],
    ['https://bucket.vpce-1a2b3c4d-5e6f.s3.cn-north-1.vpce.amazonaws.com.cn', false],
    ['https://s3.eu-west-1.amazonaws.com:8443', false],
  ])('at %s has the bucket in the path: %s', (url, pathStyle) => {
    expect(bucketLocation('films', { url }, 'us-east-1')).toMatchObject({ endpoint: url, pathStyle });
  });

  it('has the bucket where the endpoint says, whatever would fit it', () => {
    expect(bucketLocation('b', { url: 'https://minio.example.org', pathStyle: false }, 'r').pathStyle).toBe(
      false,
    );
    expect(bucketLocation('b', { pathStyle: true }, 'r').pathStyle).toBe(true);
  });

  it.each([
    ['https://s3.amazonaws.com', {}],
    ['https://s3.us-west-2.amazonaws.com', {}],
    ['https://S3.US-WEST-2.AMAZONAWS.COM:443/', {}],
    ['https://s3-us-west-2.amazonaws.com', {}],
    ['http://s3-external-1.amazonaws.com', {}],
    ['https://s3.dualstack.us-west-2.amazonaws.com', { variants: ['dualstack'] }],
    ['https://s3-fips.us-west-2.amazonaws.com', { variants: ['fips'] }],
    ['https://s3-fips.dualstack.us-west-2.amazonaws.com', { variants: ['dualstack', 'fips'] }],
  ])('named by AWS’s own %s goes to the endpoint of the bucket’s own region all the same', (url, more) => {
    expect(bucketLocation('films', { url }, 'us-east-2')).toEqual({
      bucket: 'films',
      region: 'us-east-2',
      pathStyle: false,
      ...more,
    });
  });

  it('keeps the variants of its endpoint in one order, each once', () => {
    const variants = ['fips', 'dualstack', 'fips'] as const;
    expect(bucketLocation('films', { variants }, 'us-east-1').variants).toEqual(['dualstack', 'fips']);
    expect(bucketLocation('films', { variants: [] }, 'us-east-1')).not.toHaveProperty('variants');
  });

  it('of an access point never has it in the path, and is in the ARN’s region', () => {
    const bucket = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
    const endpoint = { pathStyle: true, url: 'https://vpce.example.org' };
    expect(bucketLocation(bucket, endpoint, 'eu-west-1')).toEqual({
      bucket,
      region: 'us-west-2',
      endpoint: 'https://vpce.example.org',
      pathStyle: false,
    });
  });

  it.each(['aws-global', 's3-external-1'])('is never in %s, which is no region', (region) => {
    expect(bucketLocation('films', {}, region).region).toBe('us-east-1');
  });
});

describe('the region to ask first', () => {
  it.each([
    [{}, 'us-east-1'],
    [{ region: 'eu-west-1' }, 'eu-west-1'],
    [{ url: 'https://s3.cn-north-1.amazonaws.com.cn', region: 'eu-west-1' }, 'cn-north-1'],
    [{ url: 'https://s3.amazonaws.com', region: 'eu-west-1' }, 'eu-west-1'],
    [{ url: 'https://bucket.vpce-1a2b3c4d-5e6f.s3.eu-west-2.vpce.amazonaws.com' }, 'eu-west-2'],
    [{ url: 'https://minio.example.org' }, 'us-east-1'],
    [{ url: 'https://minio.example.org', region: 'home' }, 'home'],
    [{ url: 'https://s3.fr-par.scw.cloud' }, 'fr-par'],
    [{ url: 'https://s3.fr-par.scw.cloud', region: 'nl-ams' }, 'nl-ams'],
    [{ url: 'https://s3.eu-central-003.backblazeb2.com', region: 'us-east-1' }, 'eu-central-003'],
  ])('at %j is %s', (endpoint, region) => {
    expect(firstRegion(endpoint)).toBe(region);
  });
});

describe('the region that needs no asking', () => {
  const ALIAS = 'example-outp-o01ac5d28a6a232904e8xz5w5ijx1qzlbp3i3kuse10--op-s3';

  it.each([
    ['films', {}, null],
    ['films', { region: 'eu-west-1' }, null],
    ['films', { url: 'https://minio.example.org', region: 'eu-west-1' }, null],
    ['arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap', { region: 'eu-west-1' }, 'us-west-2'],
    [ALIAS, { region: 'eu-west-1' }, 'eu-west-1'],
  ])('of %s at %j is %s', (bucket, endpoint, region) => {
    expect(settledRegion(bucket, endpoint)).toBe(region);
  });

  it('of an Outpost’s alias must be said', () => {
    expect(() => settledRegion(ALIAS, {})).toThrow(/alias does not tell its region/);
  });
});
