import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEYS, RegionalStore, type Refusal } from './regional-store.ts';
import { Sandglass } from './sandglass.ts';

const ACCESS_POINT = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
const HOST = 'my-ap-123456789012.store.test';
/** Every name below `.store.test` is this machine: an access point is known by its host’s name alone. */
const NAMES = `data:text/javascript,${encodeURIComponent(
  `import dns from 'node:dns';
   const lookup = dns.lookup;
   dns.lookup = (name, ...rest) => lookup(name.endsWith('.store.test') ? '127.0.0.1' : name, ...rest);`,
)}`;

let store: RegionalStore;
let sandglass: Sandglass;

beforeEach(async () => {
  sandglass = await Sandglass.install({
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    NODE_OPTIONS: `--import=${NAMES}`,
  });
});

afterEach(async () => {
  store.close();
  await sandglass.uninstall();
});

async function opened(region: string, refusal: Refusal | null = null) {
  store = new RegionalStore(region, refusal);
  return store.open();
}

const scopeOf = (url: string) =>
  new URL(url).searchParams.get('X-Amz-Credential')?.split('/').slice(2).join('/');

/** A scripted server answers as AWS documents: none at hand has regions. */
describe('a link to a bucket in another region than --region says', () => {
  test.each<[string, string, Refusal]>([
    ['a 301 with a header', 'eu-central-1', { status: 301, header: true, body: '' }],
    [
      'a 301 with a body',
      'eu-central-1',
      { status: 301, body: '<Code>PermanentRedirect</Code><Region>eu-central-1</Region>' },
    ],
    ['a 400 with a header', 'us-gov-west-1', { status: 400, header: true, body: '' }],
    [
      'a 400 with a body',
      'cn-north-1',
      { status: 400, body: '<Code>AuthorizationHeaderMalformed</Code><Region>cn-north-1</Region>' },
    ],
    [
      'an opt-in region’s refusal',
      'ap-east-1',
      {
        status: 400,
        body: '<Code>IllegalLocationConstraintException</Code><Message>The ap-east-1 location constraint is incompatible for the region specific endpoint this request was sent to.</Message>',
      },
    ],
  ])('told by %s is signed for its own, %s, and works', async (_how, region, refusal) => {
    const port = await opened(region, refusal);
    store.put('127.0.0.1/films/k', 'hello');
    const at = ['--endpoint-url', `http://127.0.0.1:${port}`, '--region', 'us-west-2'];
    const link = await sandglass.link(['link', 's3://films/k', ...at]);
    expect(scopeOf(link.url)).toBe(`${region}/s3/aws4_request`);
    expect(link.size).toBe(5);
    expect(await (await fetch(link.url)).text()).toBe('hello');
    const before = store.asked.length;
    await sandglass.link(['link', 's3://films/k', ...at]);
    expect(store.asked.slice(before)).toEqual(['GET 127.0.0.1/films/k']);
  });

  test('is refused where the server names none, and says that the region is wrong', async () => {
    const port = await opened('eu-central-1', {
      status: 400,
      body: '<Code>AuthorizationHeaderMalformed</Code>',
    });
    const at = ['--endpoint-url', `http://127.0.0.1:${port}`, '--region', 'us-west-2'];
    const { code, stdout, stderr } = await sandglass.run(['link', 's3://films/k', ...at]);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/another region/);
  });
});

/** No server at hand has access points: a scripted one stands where a VPC’s endpoint would. */
describe('an access point’s ARN in the bucket’s place', () => {
  test('gives a link to its host, signed for its region, and nobody is asked for that', async () => {
    const port = await opened('us-west-2');
    store.put(`${HOST}/a/b.txt`, 'hello');
    const at = ['--endpoint-url', `http://store.test:${port}`, '--region', 'eu-west-1'];
    const link = await sandglass.link([
      'link',
      `s3://${ACCESS_POINT}/a/b.txt`,
      ...at,
      '--expires-in',
      '604800',
    ]);
    expect(new URL(link.url).host).toBe(`${HOST}:${port}`);
    expect(scopeOf(link.url)).toBe('us-west-2/s3/aws4_request');
    expect(link).toMatchObject({ bucket: ACCESS_POINT, key: 'a/b.txt', size: 5, limitedBy: null });
    expect(store.asked).toEqual([`GET ${HOST}/a/b.txt`]);
    const again = await sandglass.link(['copy', link.id]);
    expect(again.url).toBe(link.url);
  });

  test('takes an upload as a bucket does', async () => {
    const port = await opened('us-west-2');
    await writeFile(join(sandglass.home, 'note.txt'), 'through the access point');
    const at = ['--endpoint-url', `http://store.test:${port}`, '--bucket', ACCESS_POINT];
    const link = await sandglass.link(['share', join(sandglass.home, 'note.txt'), ...at]);
    expect(store.asked[0]).toMatch(/^PUT my-ap-123456789012\.store\.test\//);
    expect(store.asked.every((line) => line.includes(` ${HOST}/`))).toBe(true);
    expect(link.bucket).toBe(ACCESS_POINT);
  });

  test('that takes no signature Sandglass makes is refused before anybody is asked', async () => {
    const port = await opened('us-west-2');
    const uri = 's3://arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap/k';
    const { code, stderr } = await sandglass.run([
      'link',
      uri,
      '--endpoint-url',
      `http://store.test:${port}`,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/multi-region access point/);
    expect(store.asked).toEqual([]);
  });
});
