export const ACCESS_POINT = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
export const OUTPOST =
  'arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01ac5d28a6a232904/accesspoint/example-outpost-access-point';

/** The scope that a link of that day is signed for. */
export const scope = (region: string, service = 's3') => `20130524/${region}/${service}/aws4_request`;

/**
 * What `aws s3 presign` of AWS CLI 2.9.19 printed for the same arguments on that day: address, scope and life. Its
 * links lack X-Amz-Content-Sha256=UNSIGNED-PAYLOAD and x-id=GetObject, which change nothing of what they mean.
 */
export const RECORDED: readonly (readonly [
  args: readonly string[],
  address: string,
  scope: string,
  seconds?: number,
])[] = [
  [
    ['s3://examplebucket/test.txt', '--expires-in', '86400', '--region', 'us-east-1'],
    'https://examplebucket.s3.us-east-1.amazonaws.com/test.txt',
    scope('us-east-1'),
    86_400,
  ],
  [
    ['s3://examplebucket/test.txt', '--region', 'eu-west-1'],
    'https://examplebucket.s3.eu-west-1.amazonaws.com/test.txt',
    scope('eu-west-1'),
  ],
  [
    ['s3://examplebucket/test.txt', '--profile', 'work'],
    'https://examplebucket.s3.eu-west-1.amazonaws.com/test.txt',
    scope('eu-west-1'),
  ],
  [
    ['s3://my.bucket.name/a/b', '--region', 'eu-west-1'],
    'https://s3.eu-west-1.amazonaws.com/my.bucket.name/a/b',
    scope('eu-west-1'),
  ],
  [
    ['s3://examplebucket/a b+c/é&=?#%41/.../x', '--region', 'eu-west-1'],
    'https://examplebucket.s3.eu-west-1.amazonaws.com/a%20b%2Bc/%C3%A9%26%3D%3F%23%2541/.../x',
    scope('eu-west-1'),
  ],
  [
    ['s3://examplebucket/test.txt', '--region', 'cn-north-1'],
    'https://examplebucket.s3.cn-north-1.amazonaws.com.cn/test.txt',
    scope('cn-north-1'),
  ],
  [
    ['s3://examplebucket/test.txt', '--region', 'us-gov-west-1'],
    'https://examplebucket.s3.us-gov-west-1.amazonaws.com/test.txt',
    scope('us-gov-west-1'),
  ],
  [
    [
      's3://examplebucket/test.txt',
      '--region',
      'eu-west-1',
      '--endpoint-url',
      'https://minio.example.org:9000',
    ],
    'https://minio.example.org:9000/examplebucket/test.txt',
    scope('eu-west-1'),
  ],
  [
    [`s3://${ACCESS_POINT}/key`, '--region', 'us-east-1'],
    'https://my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com/key',
    scope('us-west-2'),
  ],
  [
    [`s3://${ACCESS_POINT}/key`],
    'https://my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com/key',
    scope('us-west-2'),
  ],
  [
    [`s3://${ACCESS_POINT.replace('t/', 't:')}/key`, '--region', 'us-east-1'],
    'https://my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com/key',
    scope('us-west-2'),
  ],
  [
    [`s3://${ACCESS_POINT}/object/key`, '--region', 'us-west-2'],
    'https://my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com/object/key',
    scope('us-west-2'),
  ],
  [
    ['s3://arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/my-ap/key', '--region', 'cn-north-1'],
    'https://my-ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn/key',
    scope('cn-north-1'),
  ],
  [
    [`s3://${OUTPOST}/mydoc.txt`, '--expires-in', '604800', '--region', 'eu-west-1'],
    'https://example-outpost-access-point-111122223333.op-01ac5d28a6a232904.s3-outposts.us-east-1.amazonaws.com/mydoc.txt',
    scope('us-east-1', 's3-outposts'),
    604_800,
  ],
  [
    ['s3://my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias/key', '--region', 'us-west-2'],
    'https://my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias.s3.us-west-2.amazonaws.com/key',
    scope('us-west-2'),
  ],
];

/** The same, where the environment or the profile asked the AWS CLI for another endpoint. */
export const RECORDED_VARIANTS = [
  [
    'AWS_USE_DUALSTACK_ENDPOINT',
    ['--dualstack'],
    'eu-west-1',
    'https://examplebucket.s3.dualstack.eu-west-1.amazonaws.com/test.txt',
  ],
  [
    'AWS_USE_FIPS_ENDPOINT',
    ['--fips'],
    'us-east-2',
    'https://examplebucket.s3-fips.us-east-2.amazonaws.com/test.txt',
  ],
  [null, ['--accelerate'], 'eu-west-1', 'https://examplebucket.s3-accelerate.amazonaws.com/test.txt'],
  [
    null,
    ['--fips', '--dualstack'],
    'us-east-2',
    'https://examplebucket.s3-fips.dualstack.us-east-2.amazonaws.com/test.txt',
  ],
  [
    null,
    ['--accelerate', '--dualstack'],
    'eu-west-1',
    'https://examplebucket.s3-accelerate.dualstack.amazonaws.com/test.txt',
  ],
] as const;
