import { describe, expect, it } from 'vitest';
import { lifeOf } from '../../../src/main/command/life-option.ts';

const seconds = (count: number) => ({ kind: 'seconds', seconds: count });

describe('the life that is asked for', () => {
  it('is the usual one where nothing is said', () => {
    expect(lifeOf({}, '24h')).toEqual(seconds(86_400));
  });

  it('is read from --expires', () => {
    expect(lifeOf({ expires: '15m' }, '24h')).toEqual(seconds(900));
    expect(lifeOf({ expires: '2026-12-24T18:00Z' }, '24h')).toEqual({
      kind: 'until',
      at: Date.UTC(2026, 11, 24, 18),
    });
  });

  it('is read from --expires-in as seconds', () => {
    expect(lifeOf({ expiresIn: '3600' }, '24h')).toEqual(seconds(3600));
    expect(lifeOf({ expiresIn: '604800' }, '24h')).toEqual(seconds(604_800));
  });

  it.each(['1h', '', ' ', '1.5', '1e3', '0x10', '3600s', '+5', '٣'])(
    'is not read from --expires-in %j',
    (expiresIn) => {
      expect(() => lifeOf({ expiresIn }, '24h')).toThrow(expect.objectContaining({ code: 'bad-usage' }));
    },
  );

  it.each(['0', '-1', '604801', '9'.repeat(400)])('cannot be --expires-in %s', (expiresIn) => {
    expect(() => lifeOf({ expiresIn }, '24h')).toThrow(expect.objectContaining({ code: 'expiry-invalid' }));
  });

  it.each(['', 'soon', '8d'])('cannot be --expires %j', (expires) => {
    expect(() => lifeOf({ expires }, '24h')).toThrow(expect.objectContaining({ code: 'expiry-invalid' }));
  });
});
