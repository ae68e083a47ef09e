import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GUARDS, type Guard } from '../../scripts/security/guards.ts';
import { guardTable, withoutGuard } from '../../scripts/security/mutation.ts';

const ROOT = join(import.meta.dirname, '../..');
/** As it is in the repository: on Windows Git may have ended its lines in another way. */
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8').replaceAll('\r\n', '\n');

describe('the table of guards', () => {
  it.each(GUARDS)('can still take out: $promise', (guard) => {
    const whole = textOf(guard.file);
    expect(withoutGuard(whole, guard)).not.toBe(whole);
    expect(existsSync(join(ROOT, guard.test))).toBe(true);
  });

  it('says of each another thing', () => {
    expect(new Set(GUARDS.map(({ promise }) => promise)).size).toBe(GUARDS.length);
  });

  it('is the one that SECURITY.md shows, with a test that went red for each', () => {
    const shown = textOf('SECURITY.md');
    const rows = GUARDS.filter(
      ({ promise }) => !shown.includes(`| ${promise} |`) && !shown.includes(`| ${promise} `),
    );
    expect(rows.map(({ promise }) => promise)).toEqual([]);
    expect(shown).not.toContain('**none**');
  });
});

describe('taking a guard out', () => {
  const guard: Guard = {
    promise: 'It holds',
    file: 'a.ts',
    text: 'on',
    instead: '$& off',
    test: 'a.test.ts',
  };

  it('replaces its text as it stands', () => {
    expect(withoutGuard('it is on now', guard)).toBe('it is $& off now');
  });

  it.each(['it is off', 'on and on'])('is refused where its text is not there exactly once: %s', (whole) => {
    expect(() => withoutGuard(whole, guard)).toThrow('“It holds”: its text stands');
  });

  it('is told in the document between its marks, whether a test went red or none', () => {
    const marks = ['<!-- guards: written by npm run test:security-mutations -->', '<!-- end of guards -->'];
    const other = { ...guard, promise: 'It | holds too' };
    const written = guardTable(`before\n${marks.join('\nstale\n')}\nafter`, [
      { guard, red: ['it is on', 'more'] },
      { guard: other, red: [] },
    ]);
    expect(written).toContain('| It holds | `a.ts` | a.test.ts: it is on |');
    expect(written).toContain('| It \\| holds too | `a.ts` | **none** |');
    expect(written).not.toContain('stale');
    expect(() => guardTable('no marks', [])).toThrow('does not say where');
  });
});
