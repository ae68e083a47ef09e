import type { GlobalShortcut } from 'electron';
import { strict } from './strict-emitter.ts';

const registered = new Map<string, () => void>();

type Used = 'register' | 'unregister' | 'unregisterAll' | 'isRegistered';

/** Every accelerator is free, and no key reaches it. */
export const globalShortcut = strict<Pick<GlobalShortcut, Used>>('globalShortcut', {
  register: (accelerator, callback) => {
    if (registered.has(accelerator)) return false;
    registered.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator) => void registered.delete(accelerator),
  unregisterAll: () => {
    registered.clear();
  },
  isRegistered: (accelerator) => registered.has(accelerator),
});
