import type { WindowWords } from '../window.ts';
import { accounts, connect } from './window/accounts.ts';
import { buckets } from './window/buckets.ts';
import { endings } from './window/endings.ts';
import { details, extend, revoke } from './window/dialogs.ts';
import { app, time } from './window/general.ts';
import { inspect } from './window/inspect.ts';
import { invite } from './window/invite.ts';
import { preferences } from './window/preferences.ts';
import { actions, shares, standing, told } from './window/shares.ts';
import { drop, life } from './window/sharing.ts';

/** All words of the window, in German. */
export const germanWindow: WindowWords = {
  language: 'de',
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
