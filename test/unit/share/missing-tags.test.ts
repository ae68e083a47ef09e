import { describe, expect, it } from 'vitest';
import { mendObject } from '../../../src/main/share/missing-tags.ts';
import { refusal, scriptedBucket, type Answer } from './scripted-bucket.ts';

const TAGS = { team: 'red', due: '1 May' };
const SET = [
  { Key: 'due', Value: '1 May' },
  { Key: 'team', Value: 'red' },
];
const READ = 'GetObjectTagging';
const WRITE = 'PutObjectTagging';
const PATIENCE = { sleep: () => Promise.resolve(), random: () => 0 };

async function mended(answers: Readonly<Record<string, Answer>>, { partCount = 2, tagged = true } = {}) {
  const { access, lines, inputs } = scriptedBucket(answers);
  const record = { key: 'k/a.txt', ...(tagged ? { description: { tags: TAGS } } : {}) };
  return { remark: await mendObject(record, access, { partCount }, PATIENCE), lines, inputs };
}

describe('the tags of an object that was made of parts', () => {
  it('are left alone where the server has kept them, in whatever order', async () => {
    expect(await mended({ [READ]: { TagSet: SET } })).toMatchObject({ remark: null, lines: [READ] });
  });

  it.each([
    ['all of them are missing', []],
    ['one is missing', SET.slice(1)],
    ['one has another value', [{ Key: 'due', Value: '2 May' }, SET[1]!]],
    ['there is one more', [...SET, { Key: 'x', Value: 'y' }]],
  ])('are put where %s', async (_what, TagSet) => {
    const { remark, lines, inputs } = await mended({ [READ]: { TagSet } });
    expect([remark, lines]).toEqual([null, [READ, WRITE]]);
    expect(inputs[1]).toMatchObject({ Bucket: 'mine', Key: 'k/a.txt' });
    expect((inputs[1]!['Tagging'] as { TagSet: object[] }).TagSet).toEqual(SET.toReversed());
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
