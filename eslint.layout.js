/**
 * Which room may import which. A room is a folder of src/main; what is not listed is refused.
 * `platform` and `shell` are absent from every list: rooms own ports, and only the two composition
 * roots (index.ts for the app, cli-rooms.ts for the command) know who implements them.
 */
const MAY_IMPORT = {
  settings: [],
  credentials: [],
  upload: [],
  history: [],
  signing: ['credentials'],
  share: ['credentials', 'signing', 'upload', 'history', 'settings'],
  command: ['credentials', 'signing', 'upload', 'history', 'settings', 'share'],
  board: ['credentials', 'signing', 'upload', 'history', 'settings', 'share'],
  shell: ['board', 'credentials', 'signing', 'upload', 'history', 'settings', 'share'],
  platform: ['credentials', 'signing', 'upload', 'history', 'settings', 'share', 'command', 'board'],
};
const ROOMS = Object.keys(MAY_IMPORT);

const refuse = (regex, message) => ({ regex, message });
const ELECTRON = refuse('^electron(/|$)', 'Only src/main/shell and src/preload may import electron.');
const NODE = refuse('^node:', 'This code also runs where there is no Node.');
const MAIN = refuse('(^|/)main/', 'The main process is reached over IPC only.');

const patterns = (...list) => ({ 'no-restricted-imports': ['error', { patterns: list }] });

/** @param {string} room */
function roomRules(room) {
  const foreign = ROOMS.filter((other) => other !== room && !MAY_IMPORT[room].includes(other));
  const list = [
    refuse(
      `^\\.\\./(${foreign.join('|')})/`,
      `src/main/${room} may import: ${[...MAY_IMPORT[room], 'shared'].join(', ')}.`,
    ),
    refuse('^\\.\\./(index|cli|cli-rooms)\\.ts$', 'Nothing imports a composition root.'),
    refuse('(^|/)(renderer|preload)/', 'The main process never imports what runs in a window.'),
  ];
  return {
    files: [`src/main/${room}/**`],
    rules: patterns(...list, ...(room === 'shell' ? [] : [ELECTRON])),
  };
}

const OUTSIDE = refuse('(^|/)(main|preload|renderer)/', 'src/shared imports nothing but itself.');

export const layoutRules = [
  ...ROOMS.map(roomRules),
  {
    files: ['src/main/cli.ts', 'src/main/cli-rooms.ts'],
    rules: patterns(ELECTRON, refuse('/shell/', 'The command has no window.')),
  },
  { files: ['src/main/index.ts'], rules: patterns(ELECTRON) },
  { files: ['src/shared/**'], rules: patterns(OUTSIDE, ELECTRON, NODE) },
  { files: ['src/preload/**'], rules: patterns(MAIN, refuse('/renderer/', 'The bridge knows no page.')) },
  {
    files: ['src/renderer/**'],
    rules: patterns(MAIN, ELECTRON, NODE, refuse('/preload/', 'The page sees only window.sandglass.')),
  },
];
