import { describe, expect, it } from 'vitest';
import { mendObject } from '../../../src/main/share/missing-tags.ts';
import { refusal, scriptedBucket, type Answer } from './scripted-bucket.ts';

const TAGS = { team: 'red', due: '1 May' };
const SET = [
  { Key: 'due', Value: '1 May' },
  { Key: 'team', Value: 'red' },
];
const SCANNED = { Key: 'GuardDutyMalwareScanStatus', Value: 'NO_THREATS_FOUND' };
const READ = 'GetObjectTagging';
const WRITE = 'PutObjectTagging';
const PATIENCE = { sleep: () => Promise.resolve(), random: () => 0 };

async function mended(
  answers: Readonly<Record<string, Answer>>,
  { partCount = 2, tagged = true, isAws = false } = {},
) {
  const { access: reached, lines, inputs } = scriptedBucket(answers);
  const endpoint = isAws ? {} : { endpoint: 'https://s3.example.org' };
  const access = { client: () => reached.client(), location: { ...reached.location, ...endpoint } };
  const record = { key: 'k/a.txt', ...(tagged ? { description: { tags: TAGS } } : {}) };
  return { remark: await mendObject(record, access, { partCount }, PATIENCE), lines, inputs };
}

const tagsIn = (input: Readonly<Record<string, unknown>> | undefined) => {
  const { TagSet } = input?.['Tagging'] as { TagSet: { Key: string; Value: string }[] };
  return Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value]));
};

describe('the tags of an object that was made of parts', () => {
  it('are left alone where the server has kept them, in whatever order', async () => {
    expect(await mended({ [READ]: { TagSet: SET } })).toMatchObject({ remark: null, lines: [READ] });
  });

  it.each([
    ['all of them are missing', []],
    ['one is missing', SET.slice(1)],
    ['one has another value', [{ Key: 'due', Value: '2 May' }, SET[1]!]],
  ])('are put where %s', async (_what, TagSet) => {
    const { remark, lines, inputs } = await mended({ [READ]: { TagSet } });
    expect([remark, lines]).toEqual([null, [READ, WRITE]]);
    expect(inputs[1]).toMatchObject({ Bucket: 'mine', Key: 'k/a.txt' });
    expect(tagsIn(inputs[1])).toEqual(TAGS);
  });

  it('are left alone where somebody else has put another beside them', async () => {
    const TagSet = [...SET, SCANNED];
    expect(await mended({ [READ]: { TagSet } })).toMatchObject({ remark: null, lines: [READ] });
  });

  it('are put beside those of others, which stay', async () => {
    const { remark, inputs } = await mended({ [READ]: { TagSet: [SCANNED, SET[0]] } });
    expect(remark).toBeNull();
    expect(tagsIn(inputs[1])).toEqual({ ...TAGS, [SCANNED.Key]: SCANNED.Value });
  });

  it('are not put blindly at AWS, which has kept them, where they may not be read', async () => {
    const { remark, lines } = await mended({ [READ]: refusal(403, 'AccessDenied') }, { isAws: true });
    expect([remark, lines]).toEqual([null, [READ]]);
  });

  it('are put too where they may not be read, which is no reason to say anything', async () => {
    const { remark, lines } = await mended({ [READ]: refusal(403, 'AccessDenied') });
    expect([remark, lines]).toEqual([null, [READ, WRITE]]);
  });

  it('are tried again where the server is busy', async () => {
    const { remark, lines } = await mended({ [READ]: {}, [WRITE]: [refusal(503, 'SlowDown'), {}] });
    expect([remark, lines]).toEqual([null, [READ, WRITE, WRITE]]);
  });

  it.each([
    ['were dropped', {}, /^Its tags are missing, because the server dropped them/],
    ['cannot be read', refusal(403, 'AccessDenied'), /^Whether its tags were kept cannot be told/],
  ])(
    'are said to be missing, and nothing fails, where they %s and cannot be put',
    async (_what, read, words) => {
      const { remark } = await mended({ [READ]: read, [WRITE]: refusal(403, 'AccessDenied') });
      expect(remark).toMatchObject({
        code: 'access-denied',
        message: expect.stringMatching(words) as string,
      });
    },
  );

  it('are not asked for where there are none, nor after a single PUT', async () => {
    expect((await mended({}, { tagged: false })).lines).toEqual([]);
    expect((await mended({}, { partCount: 1 })).lines).toEqual([]);
  });
});
