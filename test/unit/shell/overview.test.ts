import { expect, it } from 'vitest';
import { countUnderWay, isAllPaused } from '../../../src/main/shell/overview.ts';
import type { ShareStanding } from '../../../src/shared/board.ts';

const failure = { code: 'unreachable', message: 'No network.', next: null, requestId: null };
const paused: ShareStanding = { kind: 'paused', sentBytes: 0, totalBytes: 1, reason: null };
const stalled: ShareStanding = { ...paused, reason: failure };
const sending: ShareStanding = {
  ...{ kind: 'uploading', sentBytes: 0, totalBytes: 1, bytesPerSecond: null, secondsLeft: null },
  ...{ restarted: false, waits: false },
};
const tried: ShareStanding = { kind: 'live', probe: { kind: 'untried' } };

it.each<readonly [string, readonly ShareStanding[], boolean]>([
  ['nothing is under way', [], false],
  ['a person has paused each', [paused, paused], true],
  ['one is sent', [paused, sending], false],
  ['one waits for the network', [paused, stalled], false],
])('whether all is paused, where %s', (_what, standings, answer) => {
  expect(isAllPaused(standings)).toBe(answer);
});

it('what has arrived and is only tried is not under way any more, nor what a person has paused', () => {
  expect(countUnderWay([sending, paused, stalled, tried])).toBe(2);
});
