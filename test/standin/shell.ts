import type { Shell } from 'electron';
import { strict } from './strict-emitter.ts';

/** No browser and no file manager is opened. */
export const shell = strict<Pick<Shell, 'openExternal' | 'showItemInFolder'>>('shell', {
  openExternal: () => Promise.resolve(),
  showItemInFolder: () => undefined,
});
