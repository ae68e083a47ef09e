import { accounts, connect } from './window/accounts.ts';
import { details, extend, revoke } from './window/dialogs.ts';
import { buckets } from './window/buckets.ts';
import { app, time } from './window/general.ts';
import { inspect } from './window/inspect.ts';
import { preferences } from './window/preferences.ts';
import { actions, shares, standing, told } from './window/shares.ts';
import { drop, life } from './window/sharing.ts';

/**
 * All words of the window, in English. Another language is another value of the same type, `WindowWords`; words that
 * hold a number, a name or a moment are functions, because each language orders and counts in its own way.
 */
export const windowWords = {
  /** For `lang` and for how numbers and dates are written. */
  language: 'en',
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
};

export type WindowWords = typeof windowWords;
