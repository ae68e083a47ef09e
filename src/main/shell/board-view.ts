import { app } from 'electron';
import { describeBandwidth } from '../../shared/bandwidth.ts';
import type { Board } from '../../shared/board.ts';
import { spokenLanguage } from '../../shared/words/spoken.ts';
import type { AccountDesk } from '../board/account-desk.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Settings } from '../settings/settings.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { LoginStart } from './login-start.ts';

export interface BoardSources {
  readonly accounts: AccountDesk;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly clock: ServerClock;
  readonly loginStart: LoginStart;
  /** How many files from outside wait for a bucket. */
  readonly waitingFiles: number;
}

/** What the window is told of its surroundings; nothing of the keys. */
export function boardOf(sources: BoardSources): Board {
  const { accounts, settings, vault, clock, loginStart, waitingFiles } = sources;
  return {
    version: app.getVersion(),
    platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
    accounts: accounts.summaries(),
    currentAccount: settings.currentAccount,
    vaultKeeps: vault.keeps,
    life: settings.life,
    goneAtEnd: settings.goneAtEnd,
    clockOffset: clock.offset,
    waitingFiles,
    language: { chosen: settings.language, spoken: spokenLanguage },
    preferences: {
      launchAtLogin: loginStart.isOn(),
      globalShortcut: settings.globalShortcut,
      bandwidth: describeBandwidth(settings.bandwidth),
    },
  };
}
