import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

/**
 * Which room may import which. A room is a folder of src/main; what is not listed is refused.
 * `platform` and `shell` are absent from every list: rooms own ports, and only the composition roots
 * (index.ts and board-rooms.ts for the app, cli-rooms.ts for the command, core-rooms.ts for both) know who
 * implements them.
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

for (const entry of readdirSync(join(import.meta.dirname, 'src/main'), { withFileTypes: true })) {
  if (entry.isDirectory() && !ROOMS.includes(entry.name)) {
    throw new Error(`src/main/${entry.name} is a new room: say in eslint.layout.js what it may import.`);
  }
}

const refuse = (regex, message) => ({ regex, message });
const ELECTRON = refuse('^electron(/|$)', 'Only src/main/shell and src/preload may import electron.');
const NODE = refuse(
  `^(node:|(${builtinModules.join('|')})(/|$))`,
  'This code also runs where there is no Node.',
);
const MAIN = refuse('(^|/)main/', 'The main process is reached over IPC only.');

const patterns = (...list) => ({
  'no-restricted-imports': ['error', { patterns: list }],
  // The rule above does not see `await import(…)`; what it would refuse is refused there as well.
  'no-restricted-syntax': [
    'error',
    ...list.map(({ regex, message }) => ({
      selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\/')}/]`,
      message,
    })),
  ],
});

/** @param {string} room */
function roomRules(room) {
  const foreign = ROOMS.filter((other) => other !== room && !MAY_IMPORT[room].includes(other));
  const list = [
    refuse(
      `^\\.{1,2}/(.*/)?(${foreign.join('|')})/`,
      `src/main/${room} may import: ${[...MAY_IMPORT[room], 'shared'].join(', ')}.`,
    ),
    refuse(
      '^\\.{1,2}/(.*/)?(index|cli|cli-rooms|core-rooms|board-rooms)\\.ts$',
      'Nothing imports a composition root.',
    ),
    refuse('(^|/)(renderer|preload)/', 'The main process never imports what runs in a window.'),
  ];
  return {
    files: [`src/main/${room}/**`],
    rules: patterns(...list, ...(room === 'shell' ? [] : [ELECTRON])),
  };
}

const OUTSIDE = refuse(
  '^(?!\\.{1,2}/|zod$)|(^|/)(main|preload|renderer)/',
  'src/shared imports itself and zod.',
);

export const layoutRules = [
  ...ROOMS.map(roomRules),
  {
    files: ['cli', 'cli-rooms', 'core-rooms', 'board-rooms'].map((root) => `src/main/${root}.ts`),
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
