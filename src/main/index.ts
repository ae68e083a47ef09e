import { openWindow } from './shell/window.ts';

await openWindow();
