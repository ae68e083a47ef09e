import type { Clipboard } from 'electron';
import { strict } from './strict-emitter.ts';

let held = '';

/** A clipboard of this process alone. */
export const clipboard = strict<Pick<Clipboard, 'writeText' | 'readText' | 'clear'>>('clipboard', {
  writeText: (text) => {
    held = text;
    return Promise.resolve();
  },
  readText: () => Promise.resolve(held),
  clear: () => {
    held = '';
  },
});
