import type { Bridge } from '../shared/ipc-contract.ts';

declare global {
  interface Window {
    /** Put there by the preload before the page's own scripts run. */
    readonly sandglass: Bridge;
  }
}

export type { Bridge };
