import { parse } from 'content-disposition';
import { describe, expect, it } from 'vitest';
import { recipientHeaders } from '../../../src/main/share/object-headers.ts';

const NAMES: readonly (readonly [string, string])[] = [
  ['plain', 'report.pdf'],
  ['a space', 'my report.pdf'],
  ['spaces at both ends', ' report.pdf '],
  ['a plus', 'a+b.txt'],
  ['a percent sign', '100%.txt'],
  ['what looks like an escape', '%41.txt'],
  ['what looks like an escaped slash', '..%2F..%2Fetc.txt'],
  ['a hash', 'a#b.txt'],
  ['a question mark', 'a?b.txt'],
  ['an ampersand', 'a&b=c.txt'],
  ['double quotes', 'the "final" one.txt'],
  ['single quotes', "it's 'final'.txt"],
  ['a star', 'a*b.txt'],
  ['a comma', 'Smith, John.pdf'],
  ['a semicolon', 'a; filename=evil.exe.txt'],
  ['an en dash', '2020–2026.pdf'],
  ['NFC', 'caf\u00e9.txt'],
  ['NFD', 'cafe\u0301.txt'],
  ['Latin 1', 'Übergrößenträger ÿ.txt'],
  ['Chinese', '报告.pdf'],
  ['Arabic', 'تقرير.pdf'],
  ['a right-to-left override', 'invoice\u202efdp.exe'],
  ['an emoji', '🏖️ beach 👩‍👩‍👧.jpg'],
  ['a newline', 'two\nlines\r\n.txt'],
  ['an injected header', 'a\r\nSet-Cookie: b=c'],
  ['a null byte', 'nul\0l.txt'],
  ['a tab', 'a\tb.txt'],
  ['a backslash', 'back\\slash\\.txt'],
  ['a backslash before a quote', 'a\\"b.txt'],
  ['a leading dot', '.env'],
  ['a trailing dot', 'report.'],
  ['dots alone', '...'],
  ['parentheses and angles', '(1) <b> [c] {d} @e.txt'],
  ['DEL', 'a\x7fb.txt'],
  ['255 letters', 'ü'.repeat(127) + '.'],
];

describe('a recipient’s Content-Disposition', () => {
  it.each(NAMES)('for a name with %s gives back that very name', (_what, name) => {
    const { type, parameters } = parse(recipientHeaders(name).contentDisposition);
    expect([type, parameters['filename']]).toEqual(['attachment', name]);
  });

  it.each(NAMES)('for a name with %s is printable ASCII alone', (_what, name) => {
    expect(recipientHeaders(name).contentDisposition).toMatch(/^[\x20-\x7e]+$/);
  });

  it.each(NAMES)('for a name with %s is read the same by clients that know no filename*', (_what, name) => {
    const header = recipientHeaders(name).contentDisposition;
    const { parameters } = parse(header, { extended: false });
    const plain = parameters['filename'] ?? '';
    // What clients disagree about, escapes of either kind, is not in the plain name.
    expect(plain).not.toMatch(/["\\%]/);
    expect(plain.length).toBeGreaterThan(0);
    if (plain !== name) expect(header).toContain("filename*=UTF-8''");
  });

  it('keeps accented letters readable in the plain name', () => {
    expect(recipientHeaders('café.txt').contentDisposition).toMatch(/filename="?cafe\.txt"?/);
  });

  it('tells NFC from NFD', () => {
    expect(recipientHeaders('caf\u00e9').contentDisposition).toContain('%C3%A9');
    expect(recipientHeaders('cafe\u0301').contentDisposition).toContain('e%CC%81');
  });
});

describe('a recipient’s Content-Type', () => {
  it.each([
    ['report.pdf', 'application/pdf'],
    ['FILM.MP4', 'video/mp4'],
    ['photo.jpeg', 'image/jpeg'],
    ['archive.tar.gz', 'application/gzip'],
    ['no ending', 'application/octet-stream'],
    ['report.', 'application/octet-stream'],
    ['a.unheard-of', 'application/octet-stream'],
    ['a.constructor', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('of %j is %s', (name, type) => {
    expect(recipientHeaders(name).contentType).toBe(type);
  });
});
