import { afterEach, describe, expect, it, vi } from 'vitest';
import { languageAmong } from '../../../../src/shared/words/language.ts';
import { translatorOf } from '../../../../src/shared/words/sentences.ts';
import { inEachLanguage, inWords, shellWords, speak } from '../../../../src/shared/words/spoken.ts';

afterEach(() => {
  speak('en');
});

describe('the language of a system', () => {
  it.each([
    [['de-AT', 'en-US'], 'de'],
    [['de_DE.UTF-8'], 'de'],
    [['fr-FR', 'DE'], 'de'],
    [['en-GB', 'de-DE'], 'en'],
    [['fr-FR', 'ja'], 'en'],
    [['den-US', 'german'], 'en'],
    [[], 'en'],
  ] as const)('with %j is spoken as %s', (preferred, language) => {
    expect(languageAmong(preferred)).toBe(language);
  });
});

describe('what is said', () => {
  it('is said in the language in use, from the moment it is chosen', () => {
    expect(shellWords.tray.open).toBe('Open Sandglass');
    speak('de');
    expect(shellWords.tray.open).toBe('Sandglass öffnen');
    expect(inWords('There is no bucket “films” here.')).toBe('Hier gibt es keinen Bucket „films“.');
    speak('en');
    expect(inWords('There is no bucket “films” here.')).toBe('There is no bucket “films” here.');
  });

  it('is written anew where it stays, once for each change', () => {
    const write = vi.fn<() => void>();
    inEachLanguage(write);
    speak('de');
    speak('de');
    speak('en');
    expect(write).toHaveBeenCalledTimes(3);
  });
});

describe('a translator', () => {
  const say = translatorOf({
    'There is no <thing>.': 'Es gibt kein <thing>.',
    'There is no <thing> in <place>.': 'In <place> gibt es kein <thing>.',
    '<<first>>, and that is all.': '<<first>>, das ist alles.',
    'It is late': 'Es ist spät',
  });

  it('takes the sentence of which most fits', () => {
    expect(say('There is no file in a.b.')).toBe('In a.b gibt es kein file.');
  });

  it('says words within a sentence in the other language, and names as they are', () => {
    expect(say('It is late, and that is all.')).toBe('Es ist spät, das ist alles.');
    expect(say('There is no It is late.')).toBe('Es gibt kein It is late.');
  });

  it('keeps signs that mean something elsewhere', () => {
    expect(say('There is no $& <thing> .*.')).toBe('Es gibt kein $& <thing> .*.');
  });

  it('leaves alone what fits from no beginning or to no end', () => {
    expect(say('Well. There is no file.')).toBe('Well. There is no file.');
    expect(say('It is late!')).toBe('It is late!');
  });
});
