import { describe, expect, it } from 'vitest';
import { desk, failure, urlOf } from './scripted-desk.ts';

describe('sandglass link', () => {
  it.each([
    ['link s3://films/k', { bucket: 'films', key: 'k', life: { kind: 'seconds', seconds: 3600 } }],
    ['link s3://films/a/b//c?d#e%41/ --expires 7d', { key: 'a/b//c?d#e%41/', life: { seconds: 604_800 } }],
    ['link s3://films/k --expires-in 1', { life: { seconds: 1 } }],
  ])('as “%s” prints the link alone', async (line, expected) => {
    const { terminal, asked, run } = await desk();
    expect(await run(line)).toBe(0);
    expect(asked).toMatchObject([expected]);
    expect(terminal.printed).toEqual([urlOf('there.txt')]);
  });

  it('says where the link could not be tried', async () => {
    const { terminal, run } = await desk({ 'there.txt': { signing: failure('unreachable') } });
    expect(await run('link s3://films/k')).toBe(0);
    expect(terminal.said.at(-1)).toBe('It could not be tried: Scripted: unreachable.');
  });

  it('prints one JSON object where that is asked', async () => {
    const { terminal, run } = await desk();
    await run('link s3://films/k --json');
    expect(JSON.parse(terminal.printed.join())).toMatchObject({
      links: [{ url: urlOf('there.txt'), bucket: 'films' }],
    });
  });
});
