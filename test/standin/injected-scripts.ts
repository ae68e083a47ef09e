import { readFileSync } from 'node:fs';
import { installBridge } from './page-bridge.ts';
import { createPreloadWorld } from './preload-world.ts';
import { createWire } from './wire.ts';

export const PRELOAD_WORLD = 'ElectronPreload';
export const BINDING = '__standinToMain';
export const RECEIVER = '__standinReceive';
/** The function in which the preload's world stands still while the main process answers. */
export const ASKING = 'standinAskForPath';

/** Only the window's own page has a bridge, never a frame in it. */
const inTopFrame = (body: string) => `(() => { if (window !== window.top) return;\n${body}\n})();`;

/** @param secret known to the two worlds of one window */
export function pageScript(secret: string): string {
  return inTopFrame(`(${installBridge.toString()})(${JSON.stringify({ secret, side: 'page' })});`);
}

/**
 * The preload's world: the binding taken away from the global object, the bridge, and the preload as CommonJS.
 * The path of a file has to be answered at once, while the protocol knows only promises: a `debugger` statement
 * stops this world, main reads the file from the stopped frame and writes the path into it.
 */
export function preloadScript(secret: string, preload: string | undefined): string {
  const { electron, chrome } = process.versions;
  const source = preload === undefined ? '' : readFileSync(preload, 'utf8');
  return inTopFrame(`
const binding = globalThis.${BINDING};
delete globalThis.${BINDING};
const toMain = (message) => binding(JSON.stringify(message));
function ${ASKING}(file) { let path = ''; debugger; return path; }
const bridge = (${installBridge.toString()})(
  ${JSON.stringify({ secret, side: 'preload' })},
  (request) => toMain({ kind: 'window', request }),
);
const wire = (${createWire.toString()})();
const world = (${createPreloadWorld.toString()})(
  bridge, wire, toMain, ${ASKING}, ${JSON.stringify({ electron, chrome })},
);
globalThis.${RECEIVER} = world.receive;
const module = { exports: {} };
(function (require, process, module, exports, global) {
${source}
}).call(undefined, world.require, world.process, module, module.exports, globalThis);
`);
}
