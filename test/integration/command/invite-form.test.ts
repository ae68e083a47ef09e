import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formRefusal, postForm } from '../../servers/posted-form.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { curl } from './download.ts';
import { keysFor, Sandglass } from './sandglass.ts';
import { runLine } from './shell-line.ts';

interface PrintedForm {
  readonly id: string;
  readonly url: string;
  readonly key: string;
  readonly fields: Record<string, string>;
  readonly curl: string;
  readonly minSize: number;
  readonly maxSize: number;
}

const FILE = { name: 'photo.png', content: 'not really a photo' };

describeOnBothServers('Others who are given a form to upload with', (server) => {
  let sandglass: Sandglass;
  let bucket: string;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    await writeFile(join(sandglass.home, FILE.name), FILE.content);
  });
  afterAll(() => sandglass.uninstall());

  async function form(...args: string[]): Promise<PrintedForm> {
    const line = ['invite', `s3://${bucket}/inbox/`, '--form', ...args, '--json'];
    const { code, stdout, stderr } = await sandglass.run(line);
    if (code !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as { invitations: [PrintedForm] }).invitations[0];
  }

  test('upload by the line that was printed, into a folder of their own', async () => {
    const { key, curl: line, id } = await form('--max-size', '1k', '--content-type', 'image/*');
    expect(key).toMatch(/^inbox\/[\w-]{22}\/$/);
    const words = { 'file=@FILE': `file=@${FILE.name}`, TYPE: 'png' };
    const sent = await runLine(line, sandglass.home, words);
    expect(sent).toMatchObject({ code: 0, refusal: null });
    expect(sent.stdout).toContain(`<Key>${key}${FILE.name}</Key>`);
    const [link, ...others] = await sandglass.links(['arrived', id]);
    expect(others).toEqual([]);
    const { status, headers } = await curl(link!.url);
    expect([status, headers['content-type']]).toEqual([200, 'image/png']);
    expect(headers['content-disposition']).toBe('attachment; filename=photo.png');
  });

  test('bring any number of files, each a share of its own, found once', async () => {
    const { url, fields, id } = await form();
    await postForm(url, fields, { ...FILE, name: 'one.txt' });
    expect((await sandglass.links(['arrived', id])).map(({ size }) => size)).toEqual([FILE.content.length]);
    await postForm(url, fields, { ...FILE, name: 'two & three.txt' });
    const [second, ...others] = await sandglass.links(['arrived', id]);
    expect([second?.key.split('/').at(-1), others]).toEqual(['two & three.txt', []]);
    expect(await sandglass.links(['arrived', id])).toEqual([]);
    expect((await sandglass.run(['list'])).stdout).toMatch(
      /(1 d|23 h 59 min) left.*two & three\.txt\n.*left.*one\.txt\n.*awaited/s,
    );
  });

  test('are held to the sizes, the type and the folder', async () => {
    const { url, fields, minSize, maxSize } = await form(
      ...['--min-size', '5', '--max-size', '18', '--content-type', 'image/png'],
    );
    expect([minSize, maxSize]).toEqual([5, 18]);
    expect((await postForm(url, fields, FILE)).status).toBe(201);
    const refusals = [
      await formRefusal(url, fields, { ...FILE, content: `${FILE.content}!` }),
      await formRefusal(url, fields, { ...FILE, content: 'tiny' }),
      await formRefusal(url, { ...fields, 'Content-Type': 'text/html' }, FILE),
      await formRefusal(url, { ...fields, key: 'elsewhere/${filename}' }, FILE),
    ];
    expect(refusals.map(({ code }) => code)).toEqual([
      ...['EntityTooLarge', 'EntityTooSmall', 'AccessDenied', 'AccessDenied'],
    ]);
  });

  test('get the very same form from copy, which history does not keep', async () => {
    const { url, fields, curl: line, id } = await form('--max-size', '2M');
    const again = await sandglass.run(['copy', id]);
    expect(again.stdout).toBe(`${url}\n${JSON.stringify(fields)}\n${line}\n`);
    const entries = await readdir(sandglass.data, { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isFile())) {
      const content = await readFile(join(sandglass.data, name), 'latin1');
      for (const secret of ['policy', 'x-amz-signature'])
        expect(content.includes(fields[secret]!), `${secret} in ${name}`).toBe(false);
    }
  });

  test('may open a page, which nobody else on the machine can read and which runs no script', async () => {
    const path = join(sandglass.home, 'upload here.html');
    const { url, fields } = await form('--max-size', '1M', '--html', path);
    const page = await readFile(path, 'utf8');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(page).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(page).not.toContain(server.credentials.secretAccessKey);
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1];
    expect(field('policy')).toBe(fields['policy']);
    expect(/action="([^"]*)"/.exec(page)?.[1]).toBe(url);
    const names = [...page.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name = '']) => name);
    expect(names.at(-1)).toBe('file');
    const read = Object.fromEntries(names.slice(0, -1).map((name) => [name, field(name) ?? '']));
    expect((await postForm(url, read, FILE)).status).toBe(201);
  });

  test('are not given a page in place of a file that is there', async () => {
    const path = join(sandglass.home, 'mine.html');
    await writeFile(path, 'mine');
    const line = ['invite', `s3://${bucket}/inbox/`, '--form', '--html', path];
    const { code, stderr } = await sandglass.run(line);
    expect(code).toBe(2);
    expect(stderr).toContain('a file of that name already');
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  test('keep their form when it is cancelled, and the command says so', async () => {
    const { id, url, fields } = await form();
    expect((await sandglass.run(['revoke', id, '--yes'])).stderr).toContain('only rotating the key');
    const { code, stderr } = await sandglass.run(['cancel', id]);
    expect(code).toBe(0);
    expect(stderr).toContain('only rotating the key');
    expect((await postForm(url, fields, FILE)).status).toBe(201);
  });

  test.each([
    ['a size that is too large', ['--max-size', '6G'], '5 GiB'],
    ['sizes the wrong way round', ['--min-size', '2k', '--max-size', '1k'], 'larger than the largest'],
    ['a size that is none', ['--max-size', 'huge'], 'Write a size as'],
    ['--overwrite', ['--overwrite'], 'nothing is to overwrite'],
    ['a type that is none', ['--content-type', 'image'], 'no content type'],
  ])('are not given a form with %s', async (_what, args, why) => {
    const { code, stdout, stderr } = await sandglass.run(['invite', `s3://${bucket}/in`, '--form', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(why);
  });
});
