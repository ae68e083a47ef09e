import { describe, expect, it } from 'vitest';
import { DEFAULT_KEY_TEMPLATE, mayCollide, renderKey, type KeyPieces } from '../../../src/shared/share.ts';

const PIECES: KeyPieces = { name: 'film.mp4', now: Date.UTC(2026, 11, 24, 23, 59, 59), random: 'r4nd0m' };

function refusalOf(template: string, pieces: Partial<KeyPieces> = {}): string {
  try {
    return `made ${renderKey(template, { ...PIECES, ...pieces })}`;
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad-usage' });
    return (error as Error).message;
  }
}

describe('the key of a new object', () => {
  it('has the date in UTC, a random piece and the file’s name, in that order, by default', () => {
    expect(renderKey(DEFAULT_KEY_TEMPLATE, PIECES)).toBe('2026-12-24/r4nd0m/film.mp4');
  });

  it.each([
    ['inbox', 'inbox/film.mp4'],
    ['inbox/', 'inbox/film.mp4'],
    ['a/b', 'a/b/film.mp4'],
    ['', 'film.mp4'],
    [undefined, 'film.mp4'],
  ])('stands below the prefix %j', (prefix, key) => {
    expect(renderKey('{name}', { ...PIECES, prefix })).toBe(key);
  });

  it('repeats a piece as often as it is named', () => {
    expect(renderKey('{random}-{random}/{name}', PIECES)).toBe('r4nd0m-r4nd0m/film.mp4');
  });

  it('takes names and prefixes as they are, though they look like pieces', () => {
    expect(
      renderKey('{random}/{name}', { ...PIECES, name: '{random} $& {date}.txt', prefix: '{name}' }),
    ).toBe('{name}/r4nd0m/{random} $& {date}.txt');
  });

  it.each([
    'café.txt',
    'cafe\u0301.txt',
    '日本.txt',
    '100% & more?#.txt',
    ' lead',
    '.hidden',
    '...',
    'back\\slash',
  ])('ends in the name %j, byte for byte', (name) => {
    expect(renderKey('{random}/{name}', { ...PIECES, name })).toBe(`r4nd0m/${name}`);
  });

  it('may have 1024 bytes of UTF-8 and not one more', () => {
    const name = 'ü'.repeat(511);
    expect(new TextEncoder().encode(renderKey('x/{name}', { ...PIECES, name }))).toHaveLength(1024);
    expect(refusalOf('xy/{name}', { name })).toContain('1024 bytes');
  });

  it.each(['{constructor}/{name}', '{naem}', '{Name}', '{date}/{time}/{name}'])(
    'cannot come of %j, which names no such piece',
    (template) => {
      expect(refusalOf(template)).toContain('is not a piece of a key');
    },
  );

  it.each(['', '/{name}', 'a//{name}', '{name}/', './{name}', 'a/../{name}', 'a/./{name}'])(
    'cannot come of %j, which browsers would bend',
    (template) => {
      expect(refusalOf(template)).toContain('segment');
    },
  );

  it.each([
    [{ prefix: '/' }],
    [{ prefix: 'a//' }],
    [{ prefix: '../up' }],
    [{ name: '..' }],
    [{ name: '.' }],
    [{ name: '' }],
  ])('cannot come of %j either', (pieces) => {
    expect(refusalOf('{name}', pieces)).toContain('segment');
  });

  it('may meet another’s unless its template holds a random piece', () => {
    expect(mayCollide(DEFAULT_KEY_TEMPLATE)).toBe(false);
    expect(mayCollide('{date}/{name}')).toBe(true);
    expect(mayCollide('random/{name}')).toBe(true);
  });
});
