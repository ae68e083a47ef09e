import { describe, expect, it } from 'vitest';
import type { UploadProgress } from '../../../src/main/upload/upload.ts';
import type { TransferState } from '../../../src/shared/transfer-state.ts';
import { recordOf } from '../board/records.ts';
import { desk, failure, urlOf } from './scripted-desk.ts';

const MIB = 1024 ** 2;
const course = {
  plan: { size: 1024, partSize: 1024, partCount: 1 },
  uploadId: null,
  partsDone: 0,
  restarts: 0,
};
const away: TransferState = {
  ...{ kind: 'paused', stage: 'uploading', reason: { code: 'unreachable', message: 'Away.' } },
  ...course,
};

describe('--limit-rate', () => {
  it.each([
    ['2M', [{ fromMinute: 0, bytesPerSecond: 2 * MIB }]],
    ['off', []],
  ])('%s holds for this call', async (speed, plan) => {
    const { asked, run } = await desk();
    expect(await run(`share one --bucket films --limit-rate ${speed}`)).toBe(0);
    expect(asked[0]).toEqual(plan);
  });

  it('holds for what is resumed as well', async () => {
    const { asked, run } = await desk();
    await run('resume --limit-rate 512k');
    expect(asked).toEqual([[{ fromMinute: 0, bytesPerSecond: 512 * 1024 }]]);
  });

  it('is left to the settings where it is not given', async () => {
    const { asked, run } = await desk();
    await run('resume');
    expect(asked).toEqual([]);
  });

  it.each(['share one --bucket films', 'resume'])('that is no speed is refused by “%s”', async (line) => {
    for (const speed of ['fast', '0', '-1', '24:00,1k', '2T']) {
      const { context, terminal, lines, run } = await desk();
      expect([await run(`${line} --limit-rate ${speed}`), context.opened(), lines]).toEqual([2, 0, []]);
      expect(terminal.said.join(' ')).toContain('512k');
    }
  });
});

describe('a file that is named twice', () => {
  it('is sent once, and that is said', async () => {
    const { terminal, lines, run } = await desk();
    expect(await run('share one one --bucket films')).toBe(0);
    expect(lines.filter((line) => line === 'upload one')).toHaveLength(1);
    expect(terminal.printed).toEqual([urlOf('one')]);
    expect(terminal.said.join(' ')).toContain('--again');
  });

  it('is sent twice with --again', async () => {
    const { terminal, lines, asked, run } = await desk();
    expect(await run('share one one --bucket films --again')).toBe(0);
    expect(lines.filter((line) => line === 'upload one')).toHaveLength(2);
    expect(asked).toMatchObject([{ again: true }, { again: true }]);
    expect(terminal.printed).toHaveLength(2);
  });
});

describe('--json', () => {
  it('lists the links in the order in which the files were named, whichever was done first', async () => {
    const slow = Promise.withResolvers<undefined>();
    const done = Promise.withResolvers<undefined>();
    const { terminal, run } = await desk({
      one: { upload: () => slow.promise },
      three: {
        upload: () => {
          done.resolve(undefined);
          return Promise.resolve();
        },
      },
    });
    const end = run('share one two three --bucket films --json');
    await done.promise;
    slow.resolve(undefined);
    expect(await end).toBe(0);
    const { links } = JSON.parse(terminal.printed.join()) as { links: { id: string }[] };
    expect(links.map(({ id }) => id)).toEqual(['id-one', 'id-two', 'id-three']);
  });
});

describe('an upload that waits', () => {
  /** One upload that goes through these states before it is done. */
  async function going(...states: TransferState[]) {
    const watched = (watcher: (progress: UploadProgress) => void) => {
      for (const state of states) watcher({ state, sentBytes: 0, totalBytes: 1024 });
    };
    const { terminal, run } = await desk({ one: { watched } });
    await run('share one --bucket films');
    return terminal.said.filter((line) => line.startsWith('one: '));
  }

  it('says once what it waits for, however often that is told', async () => {
    const said = await going(away, away, away);
    expect(said.filter((line) => line.includes('Away.'))).toHaveLength(1);
  });

  it('says so again where it has gone on meanwhile', async () => {
    const said = await going(away, { kind: 'uploading', ...course }, away);
    expect(said.filter((line) => line.includes('Away.'))).toHaveLength(2);
  });

  it('says nothing of a pause without a reason', async () => {
    const quiet = await going({ kind: 'paused', stage: 'uploading', reason: null, ...course });
    expect(quiet.join(' ')).not.toMatch(/[Ww]ait/);
  });

  it('says each time that it is sent anew', async () => {
    const anew = (restarts: number): TransferState => ({
      kind: 'preparing',
      paused: false,
      ...course,
      restarts,
    });
    const said = await going(anew(1), anew(1), anew(2));
    expect(said.filter((line) => line.includes('anew'))).toHaveLength(2);
  });
});

describe('sandglass resume', () => {
  const records = [
    recordOf('aaaaaaaaaa', { name: 'a', status: 'interrupted', holder: 'app-00000000000000ee' }),
    recordOf('bbbbbbbbbb', { name: 'b', status: 'uploading', holder: 'command-00000000000000dd' }),
    recordOf('cccccccccc', { name: 'c', status: 'uploading', holder: 'command-00000000000000ee' }),
    recordOf('dddddddddd', { name: 'd', status: 'uploading', holder: null }),
  ];

  it('goes on with all whose process is gone, and leaves alone what a living one sends', async () => {
    const { lines, kept, terminal, run } = await desk();
    kept.records = records;
    expect(await run('resume')).toBe(0);
    expect(lines.filter((line) => line.startsWith('take up'))).toEqual([
      'take up a',
      'take up b',
      'take up d',
    ]);
    expect(terminal.printed).toEqual([urlOf('a'), urlOf('b'), urlOf('d')]);
  });

  it('goes on with those that are named alone, by their own keys', async () => {
    const { lines, asked, kept, run } = await desk();
    kept.records = records;
    expect(await run('resume bbbb aaaa')).toBe(0);
    expect(lines).toEqual(['take up b', 'upload b', 'take up a', 'upload a']);
    expect(asked).toEqual([records[1]?.origin, records[0]?.origin]);
  });

  it('says so where nothing was interrupted, and that is a good end', async () => {
    const { lines, terminal, run } = await desk();
    expect([await run('resume'), lines, terminal.printed]).toEqual([0, [], []]);
    expect(terminal.said).toEqual(['Nothing was interrupted.']);
  });

  it('takes up nothing where one of the ids is unknown', async () => {
    const { lines, kept, run } = await desk();
    kept.records = records;
    expect([await run('resume aaaa nobody'), lines]).toEqual([2, []]);
  });

  it('gives every other its turn where one cannot be taken up', async () => {
    const { lines, kept, run } = await desk({ a: { signing: failure('file-missing') } });
    kept.records = records;
    expect(await run('resume aaaa bbbb')).toBe(6);
    expect(lines).toContain('upload b');
  });
});

describe('what earlier calls could not drop', () => {
  it('is tried again beside the uploads, where the command has left it', async () => {
    const { lines, kept, run } = await desk({
      bbbbbbbbbb: { upload: () => Promise.reject(failure('unreachable')) },
    });
    kept.leftovers = [
      recordOf('aaaaaaaaaa', { status: 'failed', uploadId: 'u1', holder: 'command-00000000000000dd' }),
      recordOf('bbbbbbbbbb', { status: 'failed', uploadId: 'u2', holder: 'command-00000000000000dd' }),
      recordOf('cccccccccc', { status: 'failed', uploadId: 'u3', holder: 'app-00000000000000dd' }),
    ];
    expect(await run('share one --bucket films')).toBe(0);
    expect(lines.filter((line) => line.startsWith('drop'))).toEqual(['drop aaaaaaaaaa', 'drop bbbbbbbbbb']);
  });
});

describe('Ctrl-C while a link is being signed', () => {
  it('sends nothing of that file, and signs no other', async () => {
    const signed = Promise.withResolvers<undefined>();
    const { context, lines, run } = await desk({ one: { signed: signed.promise } });
    const end = run('share one two --bucket films');
    await expect.poll(() => lines).toEqual(['sign one']);
    context.interrupt();
    signed.resolve(undefined);
    await end;
    expect(lines).not.toContain('sign two');
    const sent = lines.includes('upload one') && !lines.includes('interrupt one');
    expect(sent).toBe(false);
  });
});
