import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windowWords } from '../../../src/shared/words/window.ts';
import { germanWindow } from '../../../src/shared/words/german/window.ts';
import { speak } from '../../../src/renderer/words.ts';
import { tellMoment, tellSize, tellTime } from '../../../src/renderer/telling.ts';
import { board } from '../../renderer/fake-bridge.ts';
import { oneOfEach } from '../../renderer/shares.ts';
import { placesIn } from '../shared/words/catalogue-texts.ts';
import { click, openedWindow, press, settle } from './opened-window.ts';

const GERMAN = { chosen: 'de', spoken: 'de' } as const;

/** English words that the German catalogue says otherwise, and which stand in the page as they are. */
function englishIn(page: HTMLElement): string[] {
  const german = new Map(placesIn(germanWindow));
  const shown = new Set<string>();
  for (const each of page.querySelectorAll('*')) {
    for (const name of ['aria-label', 'title', 'placeholder']) shown.add(each.getAttribute(name) ?? '');
    for (const child of each.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) shown.add(child.textContent?.trim() ?? '');
    }
  }
  const germanTexts = new Set([...german.values()].filter((word) => typeof word === 'string'));
  return placesIn(windowWords).flatMap(([, word]) =>
    typeof word === 'string' && word !== '' && shown.has(word) && !germanTexts.has(word) ? [word] : [],
  );
}

describe('the window in German', () => {
  beforeEach(() => {
    speak('de');
  });
  afterEach(() => {
    speak('en');
  });

  it.each([
    ['list', 'main'],
    ['preferences', 'preferences'],
    ['connecting', 'connect'],
  ] as const)('says nothing in English in its view for %s', async (_, view) => {
    await openedWindow({ board: { language: GERMAN }, rows: oneOfEach() });
    if (view === 'preferences') await press(window, ',', { ctrlKey: true });
    if (view === 'connect') {
      await click(screen.getByRole('button', { name: /^Konto/ }));
      await click(screen.getByRole('menuitem', { name: 'Weiteres verbinden …' }));
    }
    const heading = {
      main: 'Dateien hier ablegen',
      preferences: 'Einstellungen',
      connect: 'Bucket verbinden',
    };
    expect(await screen.findByRole('heading', { name: heading[view] })).toBeTruthy();
    expect(document.documentElement.lang).toBe('de');
    expect(englishIn(document.body)).toEqual([]);
  });

  it('is built anew when another language is chosen, where it was', async () => {
    const fake = await openedWindow({ board: { language: GERMAN } });
    await press(window, ',', { ctrlKey: true });
    await fireEvent.change(screen.getByLabelText('Sprache'), { target: { value: 'en' } });
    await settle();
    expect(await screen.findByRole('heading', { name: 'Preferences' })).toBeTruthy();
    expect(fake.inputsOf('chooseLanguage')).toEqual([{ language: 'en' }]);
    expect(document.activeElement).toBe(screen.getByLabelText('Language'));
  });

  it('writes numbers, times and spans as Germans do', () => {
    const noon = new Date(2026, 9, 12, 12, 5).getTime();
    expect(tellSize(1_500_000)).toMatch(/^1,\d+ MB$/);
    expect(tellTime(2 * 3_600_000 + 14 * 60_000)).toBe('2 Std. 14 Min.');
    expect(tellMoment(noon + 86_400_000, noon)).toBe('morgen 12:05');
    expect(tellMoment(noon + 3_600_000 * 8, noon)).toBe('20:05');
    expect(tellMoment(noon + 30 * 86_400_000, noon)).toMatch(/^11\. Nov\.? /);
  });

  it('writes them as the English do once that is chosen', () => {
    speak('en');
    expect(tellSize(1_500_000)).toMatch(/^1\.\d+ MB$/);
    expect(tellTime(2 * 3_600_000 + 14 * 60_000)).toBe('2 h 14 min');
    expect(board().language.spoken).toBe('en');
  });
});
