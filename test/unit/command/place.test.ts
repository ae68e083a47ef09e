import { describe, expect, it } from 'vitest';
import { checkedBucket, parsePlace } from '../../../src/main/command/place.ts';

const ACCESS_POINT = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
const OUTPOST = 'arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01ac5d28a6a232904/accesspoint/my-ap';

describe('an S3 URI', () => {
  it.each([
    ['s3://films/k', 'films', 'k'],
    ['s3://films/a/b//c?d#e%41/', 'films', 'a/b//c?d#e%41/'],
    ['s3://films//k', 'films', '/k'],
    ['s3://films/one\ntwo', 'films', 'one\ntwo'],
    [`s3://${ACCESS_POINT}/k`, ACCESS_POINT, 'k'],
    [`s3://${ACCESS_POINT}/a/b.txt`, ACCESS_POINT, 'a/b.txt'],
    [`s3://${ACCESS_POINT}//k`, ACCESS_POINT, '/k'],
    // As the AWS CLI reads it: what policies put between is taken for the key's beginning.
    [`s3://${ACCESS_POINT}/object/k`, ACCESS_POINT, 'object/k'],
    [`s3://${ACCESS_POINT.replace('t/', 't:')}/k`, ACCESS_POINT.replace('t/', 't:'), 'k'],
    [`s3://${OUTPOST}/mydoc.txt`, OUTPOST, 'mydoc.txt'],
    [`s3://${OUTPOST}:mydoc.txt`, OUTPOST, 'mydoc.txt'],
    [`s3://${OUTPOST.replaceAll('/', ':')}/a/b`, OUTPOST.replaceAll('/', ':'), 'a/b'],
  ])('%s names an object', (uri, bucket, key) => {
    expect(parsePlace(uri)).toEqual({ bucket, key });
  });

  it.each([
    ['films/k', /names no object/],
    ['s3://films', /names no object/],
    ['s3://films/', /names no object/],
    ['s3:///k', /names no object/],
    ['s3://', /names no object/],
    ['', /names no object/],
    ['https://films.s3.amazonaws.com/k', /names no object/],
    ['s3://two words/k', /no name of a bucket/],
    [`s3://${ACCESS_POINT}`, /names no object/],
    [`s3://${ACCESS_POINT}/`, /names no object/],
    [`s3://${OUTPOST}/`, /names no object/],
    ['s3://arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap/k', /multi-region/],
    ['s3://arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/my-olap/k', /Object Lambda/],
    ['s3://arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-1/bucket/films/k', /bucket’s ARN/],
    ['s3://arn:aws:s3:::films/k', /ARN of a bucket/],
    ['s3://films--use1-az5--x-s3/k', /directory bucket/],
  ])('%s names none that can be shared', (uri, words) => {
    expect(() => parsePlace(uri)).toThrow(words);
  });
});

describe('a bucket’s name', () => {
  it.each(['films', 'my.bucket', ACCESS_POINT, OUTPOST])('may be %s', (bucket) => {
    expect(checkedBucket(bucket)).toBe(bucket);
  });

  it.each(['', 'two words', 'a/b', 'a?b', 'a#b', 'a\u0007b', 'x'.repeat(256), 'arn:aws:s3:::films'])(
    'cannot be %j',
    (bucket) => {
      expect(() => checkedBucket(bucket)).toThrow(expect.objectContaining({ code: 'bad-usage' }));
    },
  );
});
