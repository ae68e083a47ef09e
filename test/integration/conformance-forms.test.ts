import { randomUUID } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { signForm, type FormLimits, type SignedForm } from '../../src/main/signing/post-policy.ts';
import { formRefusal, postForm } from '../servers/posted-form.ts';
import { refusalOf } from '../servers/probe.ts';
import { describeOnBothServers } from '../servers/s3-servers.ts';

const FILE = { name: 'note.txt', content: 'twelve bytes' };
const DENIED = { status: 403, code: 'AccessDenied' };

describeOnBothServers('Forms', (server) => {
  let bucket = '';

  beforeAll(async () => {
    bucket = await server.freshBucket();
  });

  const signed = (limits: Partial<FormLimits> = {}, signedAt = Date.now()): Promise<SignedForm> => {
    const usual = { folder: `in/${randomUUID()}/`, contentType: null, minBytes: 0, maxBytes: 100 };
    const moment = { signedAt, expiresInSeconds: 60 };
    return signForm(server.client, bucket, { ...usual, ...limits }, moment);
  };

  const stored = (Key: string) => server.client.send(new GetObjectCommand({ Bucket: bucket, Key }));

  test('upload the file under its own name, and the answer says so', async () => {
    const { url, fields } = await signed({ folder: 'in/own name/' });
    const { status, text } = await postForm(url, fields, FILE);
    expect(status).toBe(201);
    expect(text).toContain('<Key>in/own name/note.txt</Key>');
    expect(await (await stored('in/own name/note.txt')).Body?.transformToString()).toBe(FILE.content);
  });

  test('may be used again and again', async () => {
    const { url, fields } = await signed();
    for (const name of ['a.txt', 'b.txt', 'a.txt'])
      expect((await postForm(url, fields, { ...FILE, name })).status).toBe(201);
  });

  test('store the type that their field says', async () => {
    const { url, fields } = await signed({ folder: 'typed/', contentType: 'image/*' });
    await postForm(url, { ...fields, 'Content-Type': 'image/png' }, FILE);
    const head = new HeadObjectCommand({ Bucket: bucket, Key: 'typed/note.txt' });
    expect(await server.client.send(head)).toMatchObject({ ContentType: 'image/png' });
  });

  test('take the largest file and the smallest that they say, and refuse one byte more or less', async () => {
    const size = FILE.content.length;
    for (const range of [
      { minBytes: size, maxBytes: size },
      { minBytes: 0, maxBytes: size },
    ]) {
      const { url, fields } = await signed(range);
      expect((await postForm(url, fields, FILE)).status).toBe(201);
    }
    const small = await signed({ maxBytes: size - 1 });
    expect(await formRefusal(small.url, small.fields, FILE)).toEqual({ status: 400, code: 'EntityTooLarge' });
    const large = await signed({ minBytes: size + 1 });
    expect(await formRefusal(large.url, large.fields, FILE)).toEqual({ status: 400, code: 'EntityTooSmall' });
  });

  test('leave nothing behind where they are refused', async () => {
    const { url, fields } = await signed({ folder: 'refused/', maxBytes: 1 });
    await formRefusal(url, fields, FILE);
    expect(await refusalOf(stored('refused/note.txt'))).toEqual({ status: 404, code: 'NoSuchKey' });
  });

  test.each([
    ['another folder', { key: 'elsewhere/${filename}' }],
    ['the folder’s name without its slash', { key: 'in' }],
    ['a field that the policy does not name', { 'x-amz-meta-more': 'x' }],
    ['another answer', { success_action_status: '200' }],
  ])('refuse %s', async (_what, changed) => {
    const { url, fields } = await signed();
    expect(await formRefusal(url, { ...fields, ...changed }, FILE)).toEqual(DENIED);
  });

  test('refuse another type, and a missing one', async () => {
    const { url, fields } = await signed({ contentType: 'image/png' });
    expect(await formRefusal(url, { ...fields, 'Content-Type': 'text/html' }, FILE)).toEqual(DENIED);
    const others = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'Content-Type'));
    expect(await formRefusal(url, others, FILE)).toEqual(DENIED);
    const any = await signed({ contentType: 'image/*' });
    expect(await formRefusal(any.url, { ...any.fields, 'Content-Type': 'text/html' }, FILE)).toEqual(DENIED);
  });

  test('refuse a policy that was changed, and one that is signed by nobody', async () => {
    const { url, fields } = await signed();
    const policy = Buffer.from(fields['policy'] ?? '', 'base64').toString('utf8');
    const wider = Buffer.from(policy.replace('100', '999')).toString('base64');
    expect((await formRefusal(url, { ...fields, policy: wider }, FILE)).status).toBe(403);
    expect((await formRefusal(url, { key: 'in/${filename}' }, FILE)).status).toBe(403);
  });

  test('refuse once their time is over', async () => {
    const { url, fields } = await signed({}, Date.now() - 61_000);
    expect((await formRefusal(url, fields, FILE)).status).toBe(403);
  });

  test('refuse another bucket than their own', async () => {
    const { fields } = await signed();
    const other = await server.freshBucket();
    expect(await formRefusal(`${server.endpoint}/${other}`, fields, FILE)).toEqual(DENIED);
  });
});
