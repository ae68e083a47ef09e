import { describe, expect, it } from 'vitest';
import { lost, PART, refusal, ScriptedUpload } from './scripted-upload.ts';

const THREE_PARTS = 2 * PART + 1000;
const COMPLETE = 'complete u1: 1 2 3';

describe('an upload in doubt, because an answer was lost,', () => {
  it.each([
    ['good where the key was taken by this very upload, whose first answer was lost', true, 'done'],
    ['bad where the key was taken by another object', false, 'failed'],
  ])('is %s', async (_which, ours, kind) => {
    const script = new ScriptedUpload(THREE_PARTS);
    script.object = { size: THREE_PARTS, ours };
    script.refuse(COMPLETE, lost(), refusal('key-taken'));
    expect((await script.run()).kind).toBe(kind);
  });

  it.each([
    ['good where a single PUT was applied and its answer lost', true, 'done'],
    ['bad where a single PUT meets another object', false, 'failed'],
  ])('is %s', async (_which, ours, kind) => {
    const script = new ScriptedUpload(1000);
    script.object = { size: 1000, ours };
    script.refuse('put', lost(), refusal('key-taken'));
    expect((await script.run()).kind).toBe(kind);
  });
});
