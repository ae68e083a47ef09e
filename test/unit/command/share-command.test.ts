import { describe, expect, it, vi } from 'vitest';
import { desk, failure, linkTo, urlOf } from './scripted-desk.ts';

describe('sandglass share', () => {
  it('prints each link at once, and sends the bytes of all of them together', async () => {
    const gate = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const upload = async () => {
      begun.resolve(undefined);
      await gate.promise;
    };
    const { terminal, lines, run } = await desk({ one: { upload } });
    const end = run('share dir/one two --bucket films');
    await begun.promise;
    await vi.waitFor(() => {
      expect(lines).toContain('upload two');
    });
    expect(lines).toEqual(['sign one', 'upload one', 'sign two', 'upload two']);
    expect(terminal.printed).toEqual([urlOf('one'), urlOf('two')]);
    gate.resolve(undefined);
    expect(await end).toBe(0);
    expect(terminal.said.filter((line) => line.endsWith('works.'))).toEqual([
      'two: the link works.',
      'one: the link works.',
    ]);
    expect(terminal.said.join()).not.toContain('5161');
  });

  it('hands on what was asked for', async () => {
    const { asked, run } = await desk();
    await run('share dir/one --bucket films --prefix in --expires 12h --region r --endpoint-url http://h:1');
    expect(asked).toEqual([
      {
        ...{ path: 'dir/one', bucket: 'films', origin: 'environment', prefix: 'in' },
        endpoint: { url: 'http://h:1', region: 'r' },
        life: { kind: 'seconds', seconds: 43_200 },
        keyTemplate: '{date}/{random}/{name}',
        again: false,
      },
    ]);
  });

  it('takes bucket and prefix from the account, unless others are named', async () => {
    const { settings, asked, run } = await desk();
    await settings.addAccount('mine', { keys: { in: 'keychain' }, bucket: 'films', prefix: 'in' });
    await run('share one --account mine');
    await run('share one --account mine --bucket books --prefix out');
    expect(asked).toMatchObject([
      { bucket: 'films', prefix: 'in', origin: 'account', life: { seconds: 86_400 } },
      { bucket: 'books', prefix: 'out' },
    ]);
  });

  it.each([
    'share one',
    'share one --bucket films --expires 1.5h',
    'share one --bucket films --endpoint-url nowhere',
  ])('signs nothing for “%s”', async (line) => {
    const { terminal, lines, run } = await desk();
    expect([await run(line), lines, terminal.printed]).toEqual([2, [], []]);
  });

  it('gives every other file its turn where one fails, and ends with the first failure', async () => {
    const { terminal, lines, run } = await desk({
      missing: { signing: failure('file-missing') },
      broken: { upload: () => Promise.reject(failure('connection-lost')) },
    });
    expect(await run('share missing broken good --bucket films')).toBe(6);
    expect(lines).toEqual(['sign missing', 'sign broken', 'upload broken', 'sign good', 'upload good']);
    expect(terminal.printed).toEqual([urlOf('broken'), urlOf('good')]);
    expect(terminal.said).toContain('good: the link works.');
    expect(terminal.said.join()).not.toContain('broken: the link works.');
    expect(terminal.said.slice(-2)).toEqual([
      'sandglass: Scripted: connection-lost.',
      'sandglass: Scripted: file-missing.',
    ]);
  });

  it('prints one JSON object at the end, of the links that work', async () => {
    const { terminal, run } = await desk({
      broken: { upload: () => Promise.reject(failure('access-denied')) },
    });
    expect(await run('share broken good --bucket films --json')).toBe(4);
    expect(terminal.printed).toHaveLength(1);
    expect(JSON.parse(terminal.printed.join())).toMatchObject({
      links: [{ id: 'id-good', url: urlOf('good') }],
    });
  });

  it('prints the link once more where it had to be signed anew', async () => {
    const resigned = { ...linkTo('one'), url: urlOf('anew') };
    const { terminal, run } = await desk({ one: { resigned } });
    expect(await run('share one two --bucket films')).toBe(0);
    expect(terminal.printed).toEqual([urlOf('one'), urlOf('anew'), urlOf('two')]);
    expect(terminal.said.join()).toContain('signed anew');
  });

  it('ends at Ctrl-C with 130, says how to drop what has arrived, and stops every upload', async () => {
    const begun = Promise.withResolvers<undefined>();
    const stopped = Promise.withResolvers<undefined>();
    const upload = () => stopped.promise;
    const last = () => {
      begun.resolve(undefined);
      return stopped.promise;
    };
    const { context, terminal, lines, run } = await desk({ two: { upload }, three: { upload: last } });
    const end = run('share one two three --bucket films --json');
    await begun.promise;
    context.interrupt();
    stopped.reject(failure('interrupted'));
    expect(await end).toBe(130);
    expect(lines.slice(-2)).toEqual(['interrupt two', 'interrupt three']);
    expect(terminal.said.at(-1)).toContain('sandglass resume id-two id-three');
    expect(terminal.said.at(-1)).toContain('sandglass cancel id-two id-three');
    expect(JSON.parse(terminal.printed.join())).toMatchObject({ links: [{ id: 'id-one' }] });
    lines.length = 0;
    context.interrupt();
    expect(lines).toEqual([]);
  });

  it('ends well at Ctrl-C where the last file had just arrived', async () => {
    const begun = Promise.withResolvers<undefined>();
    const ended = Promise.withResolvers<undefined>();
    const upload = () => {
      begun.resolve(undefined);
      return ended.promise;
    };
    const { context, run } = await desk({ one: { upload } });
    const end = run('share one --bucket films');
    await begun.promise;
    context.interrupt();
    ended.resolve(undefined);
    expect(await end).toBe(0);
  });

  it('prints one JSON object also where nothing could be shared', async () => {
    const { terminal, run } = await desk();
    expect(await run('share one --json')).toBe(2);
    expect(terminal.printed).toEqual(['{"links":[]}']);
  });
});
