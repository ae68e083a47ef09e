import { app } from 'electron';
import { languageAmong, type LanguageChoice } from '../../shared/words/language.ts';
import { speak } from '../../shared/words/spoken.ts';
import type { Settings } from '../settings/settings.ts';
import type { RequestHandlers } from './request-server.ts';

export interface LanguageRooms {
  readonly settings: Pick<Settings, 'choose'>;
  /** The board has changed by what was asked. */
  readonly changed: () => void;
}

/** Speaks as was chosen. https://www.electronjs.org/docs/latest/api/app#appgetpreferredsystemlanguages */
export function speakAsChosen(choice: LanguageChoice): void {
  speak(choice === 'system' ? languageAmong(app.getPreferredSystemLanguages()) : choice);
}

/** What answers the window where another language is chosen: all that stays on the screen is written anew. */
export function languageHandlers({ settings, changed }: LanguageRooms) {
  return {
    chooseLanguage: async ({ language }) => {
      await settings.choose({ language });
      speakAsChosen(language);
      changed();
      return null;
    },
  } satisfies Partial<RequestHandlers>;
}
