import type { Language } from './language.ts';
import { accounts, connect } from './window/accounts.ts';
import { details, extend, revoke } from './window/dialogs.ts';
import { buckets } from './window/buckets.ts';
import { endings } from './window/endings.ts';
import { app, time } from './window/general.ts';
import { inspect } from './window/inspect.ts';
import { invite } from './window/invite.ts';
import { preferences } from './window/preferences.ts';
import { actions, shares, standing, told } from './window/shares.ts';
import { drop, life } from './window/sharing.ts';

/**
 * All words of the window, in English. Another language is another value of the same type, `WindowWords`; words that
 * hold a number, a name or a moment are functions, because each language orders and counts in its own way.
 */
export const windowWords = {
  /** For `lang` and for how numbers and dates are written. */
  language: 'en' as Language,
  app,
  time,
  drop,
  life,
  shares,
  standing,
  actions,
  told,
  extend,
  revoke,
  details,
  accounts,
  connect,
  preferences,
  buckets,
  inspect,
  invite,
  endings,
};

export type WindowWords = typeof windowWords;
