/** The languages that Sandglass speaks in full; the first is that of a system whose languages are none of them. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each as it calls itself, so that whoever reads it finds it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** What a person may choose: that of the system, or one of ours. */
export const LANGUAGE_CHOICES = ['system', ...LANGUAGES] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/**
 * The first of a person's languages that is one of ours. English before all others is meant, so it is looked for too.
 * @param preferred most liked first, as systems write them: `de-AT`, `de_DE.UTF-8`
 */
export function languageAmong(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [base = ''] = tag.toLowerCase().split(/[-_.@]/);
    const known = LANGUAGES.find((language) => language === base);
    if (known) return known;
  }
  return LANGUAGES[0];
}
