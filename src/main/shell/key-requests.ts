import type { AccountDesk } from '../board/account-desk.ts';
import type { RequestHandlers } from './request-server.ts';

export interface KeyRooms {
  readonly accounts: AccountDesk;
  /** The board has changed by what was asked. */
  readonly changed: () => void;
}

/** What answers the window where it asks about the keys of an account. */
export function keyHandlers({ accounts, changed }: KeyRooms) {
  return {
    probeVault: async () => {
      await accounts.probeVault();
      changed();
      return null;
    },
    renewKeys: async ({ name, ...pair }) => {
      await accounts.renewKeys(name, pair);
      changed();
      return null;
    },
  } satisfies Partial<RequestHandlers>;
}
