import { afterEach, describe, expect, it, vi } from 'vitest';
import { languageHandlers, speakAsChosen, type LanguageRooms } from '../../../src/main/shell/language.ts';
import { shellWords, speak, spokenLanguage } from '../../../src/shared/words/spoken.ts';

const system = vi.hoisted((): { languages: string[] } => ({ languages: [] }));

vi.mock('electron', () => ({ app: { getPreferredSystemLanguages: () => system.languages } }));

afterEach(() => {
  speak('en');
});

describe('the language of the app', () => {
  it.each([
    ['system', ['de-CH', 'fr'], 'de'],
    ['system', ['ja'], 'en'],
    ['en', ['de-CH'], 'en'],
    ['de', ['en-US'], 'de'],
  ] as const)('chosen as %s on a system of %j is %s', (choice, languages, spoken) => {
    system.languages = [...languages];
    speakAsChosen(choice);
    expect(spokenLanguage).toBe(spoken);
  });

  it('that is chosen is kept, holds at once, and the window is told', async () => {
    const choose = vi.fn<LanguageRooms['settings']['choose']>(() => Promise.resolve());
    const said: string[] = [];
    const changed = () => void said.push(shellWords.menu.file);
    await languageHandlers({ settings: { choose }, changed }).chooseLanguage({ language: 'de' });
    expect(choose).toHaveBeenCalledExactlyOnceWith({ language: 'de' });
    expect(said).toEqual(['Datei']);
  });

  it('stays as it was where the choice cannot be kept', async () => {
    const choose = () => Promise.reject(new Error('the disk is full'));
    const changed = vi.fn<() => void>();
    const { chooseLanguage } = languageHandlers({ settings: { choose }, changed });
    await expect(chooseLanguage({ language: 'de' })).rejects.toThrow('the disk is full');
    expect(spokenLanguage).toBe('en');
    expect(changed).not.toHaveBeenCalled();
  });
});
