import { describe, expect, it } from 'vitest';
import { accessPointAt } from '../../../src/main/signing/access-point.ts';
import { ALL_PARTITIONS, partitionOf } from '../../../src/main/signing/partition.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const OUTPOST = 'arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01ac5d28a6a232904';

function refusal(bucket: string): SandglassError {
  try {
    accessPointAt(bucket);
  } catch (error) {
    if (error instanceof SandglassError) return error;
  }
  throw new Error(`${bucket} is not refused.`);
}

describe('what stands in a bucket’s place', () => {
  it.each(['films', 'my.bucket', 'arn-lovers', 'my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias', ''])(
    'is a bucket’s name or an alias that behaves as one: %s',
    (bucket) => {
      expect(accessPointAt(bucket)).toBeNull();
    },
  );

  it.each([
    ['arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap', 's3', 'us-west-2'],
    ['arn:aws:s3:us-west-2:123456789012:accesspoint:my-ap', 's3', 'us-west-2'],
    ['arn:aws-cn:s3:cn-northwest-1:123456789012:accesspoint/my-ap', 's3', 'cn-northwest-1'],
    ['arn:aws-us-gov:s3:us-gov-east-1:123456789012:accesspoint/my-ap', 's3', 'us-gov-east-1'],
    ['arn:aws-eusc:s3:eusc-de-east-1:123456789012:accesspoint/my-ap', 's3', 'eusc-de-east-1'],
    [`${OUTPOST}/accesspoint/my-ap`, 's3-outposts', 'us-east-1'],
    [`${OUTPOST.replace('/', ':')}:accesspoint:my-ap`, 's3-outposts', 'us-east-1'],
    ['example-outp-o01ac5d28a6a232904e8xz5w5ijx1qzlbp3i3kuse10--op-s3', 's3-outposts', null],
  ])('is the access point %s, signed for %s in %s', (bucket, service, region) => {
    expect(accessPointAt(bucket)).toEqual({ service, region });
  });

  it.each([
    ['arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap', /multi-region access point/],
    ['arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap', /multi-region access point/],
    ['arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/my-olap', /Object Lambda/],
    [`${OUTPOST}/bucket/films`, /not by their bucket’s ARN/],
    ['arn:aws:s3:::films', /ARN of a bucket/],
    ['films--use1-az5--x-s3', /directory bucket/],
    ['my-ap--use1-az5--xa-s3', /directory bucket/],
    ['arn:aws:s3:cn-north-1:123456789012:accesspoint/my-ap', /partition/],
    ['arn:aws-cn:s3:us-west-2:123456789012:accesspoint/my-ap', /partition/],
    ['arn:aws:s3:us-west-2:123456789012:accesspoint/', /names no access point/],
    ['arn:aws:s3:us-west-2:12345:accesspoint/my-ap', /names no access point/],
    ['arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap/key', /names no access point/],
    ['arn:aws:s3:us-west-2:123456789012:accesspoint/evil.example.org', /names no access point/],
    ['arn:aws:iam::123456789012:role/r', /names no access point/],
    ['arn:', /names no access point/],
  ])('cannot be %s', (bucket, words) => {
    expect(refusal(bucket)).toMatchObject({ code: 'bad-usage' });
    expect(refusal(bucket).message).toMatch(words);
    expect(refusal(bucket).next).toMatch(/\.$/);
  });
});

describe('the partition of a region', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['ap-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['auto', 'aws'],
  ])('of %s is %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
    expect(ALL_PARTITIONS).toContain(partition);
  });
});
