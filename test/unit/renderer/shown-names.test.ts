import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { directionOf, namedIn, plainName } from '../../../src/renderer/model/shown-name.ts';
import { failure, share } from '../../renderer/shares.ts';
import { click, openedWindow, press, rowOf } from './opened-window.ts';

const SPOOFED = 'invoice\u202efdp.exe';
const HEBREW = 'סיכום פגישה עם הלקוח החדש.pdf';

describe('a name', () => {
  it('shows the characters that would turn its letters around', () => {
    expect(plainName(SPOOFED)).toBe('invoice\ufffdfdp.exe');
    expect(plainName('a\u2066b\u2069\u200fc\nd')).toBe('a\ufffdb\ufffd\ufffdc\ufffdd');
  });

  it('of plain letters of any script stays as it is', () => {
    for (const name of ['report.pdf', 'プロジェクト資料.docx', HEBREW, 'café 😀.txt']) {
      expect(plainName(name)).toBe(name);
    }
  });

  it('reads in the way of its first letter', () => {
    expect(directionOf(HEBREW)).toBe('rtl');
    expect(directionOf('2026 تقرير.pdf')).toBe('rtl');
    expect(directionOf('report سنة.pdf')).toBe('ltr');
    expect(directionOf('2026')).toBe('ltr');
  });

  it('stands apart in a sentence where it reads the other way', () => {
    expect(namedIn(HEBREW)).toBe(`\u2068${HEBREW}\u2069`);
    expect(namedIn('report.pdf')).toBe('report.pdf');
    expect(namedIn(SPOOFED)).not.toContain('\u202e');
  });

  it('is cut in the order in which it is read', async () => {
    await openedWindow({ rows: [share({ name: HEBREW })] });
    const name = rowOf(HEBREW.slice(0, 5)).querySelector('.name')!;
    expect(name.getAttribute('dir')).toBe('rtl');
    const [head, tail] = name.querySelectorAll('bdi');
    expect(`${head?.textContent}${tail?.textContent}`).toBe(HEBREW);
    expect(tail?.textContent.endsWith('.pdf')).toBe(true);
  });

  it('that would deceive is seen through in the row, its details and its questions', async () => {
    await openedWindow({ rows: [share({ name: SPOOFED, key: `2026/${SPOOFED}` })] });
    await press(rowOf('fdp.exe'), 'Delete');
    const question = screen.getByRole('alertdialog');
    await click(screen.getByRole('button', { name: 'Cancel' }));
    rowOf('fdp.exe').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await click(await screen.findByRole('menuitem', { name: 'Details' }));
    expect(question.textContent).not.toContain('\u202e');
    expect(document.body.textContent).not.toContain('\u202e');
  });
});

describe('what went wrong', () => {
  it('is told at once, and inside of a dialog while one is open', async () => {
    const fake = await openedWindow({ rows: [share()] });
    fake.handlers.revokeShare = () => ({ ok: false, failure: failure('The server did not answer.') });
    await press(rowOf('report.pdf'), 'Delete');
    await click(screen.getByRole('button', { name: 'Delete and revoke' }));
    await press(rowOf('report.pdf'), 'Delete');
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('The server did not answer.');
    expect(alert.closest('dialog')).not.toBeNull();
    expect(screen.getAllByRole('region', { name: 'Messages' })).toHaveLength(1);
  });
});
