import { describe, expect, it } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { parseFolder } from '../../../src/main/command/browse-command.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import type { ContentsPage, ListedObject, PageAsked } from '../../../src/main/share/browsing.ts';
import type { Destination } from '../../../src/main/share/destination.ts';
import { NOON, scriptedContext } from './scripted-context.ts';

const object = (key: string, given: Partial<ListedObject> = {}): ListedObject => ({
  ...{ key, name: key.split('/').at(-1) ?? key, size: 1_234, lastModified: NOON },
  ...{ storageClass: 'STANDARD', archived: false, ...given },
});

/** `sandglass ls` over pages that a test lays ready. */
function scene(pages: readonly Partial<ContentsPage>[], buckets: string[] | null = ['films', 'notes']) {
  const asked: (PageAsked & { readonly bucket: string })[] = [];
  let taken = 0;
  const browsing = {
    buckets: () => Promise.resolve(buckets),
    versions: (_: Destination, key: string) =>
      Promise.resolve({
        versions:
          key === 'k'
            ? [
                { versionId: 'v2', isLatest: true, isDeleteMarker: true, size: 0, lastModified: NOON },
                { versionId: 'v1', isLatest: false, isDeleteMarker: false, size: 9, lastModified: NOON },
              ]
            : [],
        next: null,
      }),
    pages: (destination: Destination, what: PageAsked) => {
      asked.push({ bucket: destination.bucket, ...what });
      return (async function* () {
        for (const [index, page] of pages.entries()) {
          taken++;
          const next = index + 1 < pages.length ? `after ${index}` : null;
          yield await Promise.resolve({ prefixes: [], objects: [], next, ...page });
        }
      })();
    },
  };
  const rooms = {
    browsing,
    settings: { accounts: {} },
    awsProfiles: () => Promise.resolve({}),
    sourceOf: () => ({}),
  } as unknown as Rooms;
  const context = scriptedContext(rooms, { AWS_ACCESS_KEY_ID: 'AKIA', TZ: 'UTC' });
  const run = (line: string) => runCommand(line.split(' '), context);
  return { asked, run, taken: () => taken, terminal: context.terminal };
}

describe('sandglass ls', () => {
  it('names the buckets', async () => {
    const { run, terminal } = scene([]);
    expect(await run('ls')).toBe(0);
    expect(terminal.printed).toEqual(['films', 'notes']);
  });

  it('says that the keys may not list buckets, and what to do', async () => {
    const { run, terminal } = scene([], null);
    expect(await run('ls')).toBe(4);
    expect(terminal.said.join()).toMatch(/may not list buckets.*sandglass ls s3:\/\/BUCKET/);
  });

  it('prints prefixes and objects as aws s3 ls does, and what is archived', async () => {
    const old = object('films/old.mp4', { storageClass: 'GLACIER', archived: true });
    const { run, terminal, asked } = scene([
      { prefixes: ['films/a/'], objects: [object('films/b.mp4'), old] },
    ]);
    expect(await run('ls s3://films/films/')).toBe(0);
    expect(asked).toMatchObject([{ bucket: 'films', prefix: 'films/', isDeep: false }]);
    expect(terminal.printed[0]).toBe('                           PRE a/');
    expect(terminal.printed[1]).toMatch(/^2026-07-01 \d\d:00:00 {7}1234 b\.mp4$/);
    expect(terminal.printed[2]).toMatch(/old\.mp4 {2}\(archived: GLACIER\)$/);
  });

  it('goes through all pages', async () => {
    const { run, terminal } = scene([{ objects: [object('a')] }, { objects: [object('b')] }]);
    await run('ls s3://films --recursive');
    expect(terminal.printed.map((line) => line.at(-1))).toEqual(['a', 'b']);
  });

  it('asks for no more pages than --limit needs, and says that there is more', async () => {
    const { run, terminal, taken } = scene([
      { objects: [object('a'), object('b')] },
      { objects: [object('c')] },
    ]);
    await run('ls s3://films --limit 2');
    expect([taken(), terminal.printed.length]).toEqual([1, 2]);
    expect(terminal.said.join()).toContain('There is more');
  });

  it('prints one JSON object where that is asked', async () => {
    const { run, terminal } = scene([{ prefixes: ['p/'], objects: [object('a')] }]);
    await run('ls s3://films --json');
    expect(JSON.parse(terminal.printed.join())).toEqual({
      prefixes: ['p/'],
      objects: [
        {
          key: 'a',
          size: 1_234,
          lastModified: '2026-07-01T12:00:00Z',
          storageClass: 'STANDARD',
          archived: false,
        },
      ],
      isComplete: true,
    });
  });

  it('lets no name forge a line', async () => {
    const { run, terminal } = scene([{ objects: [object('a\n2026 x')], prefixes: ['\u001b[31m/'] }]);
    await run('ls s3://films');
    expect(terminal.printed.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('lists the versions of an object', async () => {
    const { run, terminal } = scene([]);
    expect(await run('ls s3://films/k --versions')).toBe(0);
    expect(terminal.printed).toEqual([
      expect.stringMatching(/ 0 v2 {2}\(deleted, newest\)$/),
      expect.stringMatching(/ 9 v1$/),
    ]);
  });

  it.each([
    ['ls s3://films/nothing --versions', 4, /no version/],
    ['ls s3://films --versions', 2, /names no object/],
    ['ls films', 2, /names no object/],
    ['ls s3://films --limit 0', 2, /whole number/],
    ['ls s3://', 2, /names no object/],
  ])('refuses “%s” with exit code %d', async (line, code, why) => {
    const { run, terminal } = scene([]);
    expect(await run(line)).toBe(code);
    expect(terminal.said.join()).toMatch(why);
  });
});

const ARN = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
const OUTPOST = 'arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-01/accesspoint/ap-1';

describe('a place to look at', () => {
  it.each([
    ['s3://films', 'films', ''],
    ['s3://films/', 'films', ''],
    ['s3://films/2026/', 'films', '2026/'],
    ['s3://films/2026/be', 'films', '2026/be'],
    [`s3://${ARN}`, ARN, ''],
    [`s3://${ARN}/`, ARN, ''],
    [`s3://${ARN}/a/b`, ARN, 'a/b'],
    [`s3://${OUTPOST}`, OUTPOST, ''],
    [`s3://${OUTPOST}/a/`, OUTPOST, 'a/'],
  ])('%s is the bucket %s and the prefix “%s”', (uri, bucket, key) => {
    expect(parseFolder(uri)).toEqual({ bucket, key });
  });
});
