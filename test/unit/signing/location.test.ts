import { describe, expect, it } from 'vitest';
import { bucketLocation } from '../../../src/main/signing/location.ts';

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
    ['https://s3.eu-west-1.amazonaws.com', false],
    ['https://S3.EU-WEST-1.AMAZONAWS.COM:443/', false],
    ['https://s3.cn-north-1.amazonaws.com.cn', false],
  ])('at %s has the bucket in the path: %s', (url, pathStyle) => {
    expect(bucketLocation('films', { url }, 'us-east-1')).toMatchObject({ endpoint: url, pathStyle });
  });

  it('has the bucket where the endpoint says, whatever would fit it', () => {
    expect(bucketLocation('b', { url: 'https://minio.example.org', pathStyle: false }, 'r').pathStyle).toBe(
      false,
    );
    expect(bucketLocation('b', { pathStyle: true }, 'r').pathStyle).toBe(true);
  });
});
