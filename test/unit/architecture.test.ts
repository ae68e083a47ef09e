import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import ts from 'typescript-eslint';

/**
 * The project's own lint configuration with nothing but the layout's rule left in it. Types take no part, so that
 * a snippet may pretend to lie anywhere.
 */
const lint = new ESLint({
  overrideConfig: [ts.configs.disableTypeChecked],
  ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
});

async function refusals(path: string, imported: string): Promise<string[]> {
  const [result] = await lint.lintText(`import { it } from '${imported}';\nexport { it };\n`, {
    filePath: path,
  });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'broken'}: ${message}`);
}

const isRefused = async (path: string, imported: string) => {
  const [first] = await refusals(path, imported);
  return first?.startsWith('no-restricted-imports: ') ?? false;
};

/** Which room may know which, as the architecture promises it. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
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
const ROOMS = Object.keys(MAY_KNOW);

describe.each(ROOMS)('the room %s', (room) => {
  const file = `src/main/${room}/pretended.ts`;

  it.each(ROOMS.filter((other) => other !== room))(
    'may or may not import %s, as was promised',
    async (other) => {
      const promised = MAY_KNOW[room]?.includes(other) ?? false;
      expect(await isRefused(file, `../${other}/thing.ts`)).toBe(!promised);
    },
  );

  it('may import its own files, what is shared, Node and libraries', async () => {
    for (const imported of ['./thing.ts', '../../shared/errors.ts', 'node:crypto', '@aws-sdk/client-s3']) {
      expect(await refusals(file, imported)).toEqual([]);
    }
  });

  it('may import no composition root, and nothing of the window', async () => {
    for (const imported of [
      '../index.ts',
      '../cli.ts',
      '../board-rooms.ts',
      '../../renderer/main.ts',
      '../../preload/index.ts',
    ]) {
      expect([imported, await isRefused(file, imported)]).toEqual([imported, true]);
    }
  });

  it('may import electron only where it is the shell', async () => {
    for (const imported of ['electron', 'electron/main']) {
      expect(await isRefused(file, imported)).toBe(room !== 'shell');
    }
  });

  it('may not have types of a forbidden room either, nor pass them on', async () => {
    const forbidden = ROOMS.find((other) => other !== room && !MAY_KNOW[room]?.includes(other)) ?? 'none';
    for (const code of [
      `import type { It } from '../${forbidden}/thing.ts';\nexport type Mine = It;\n`,
      `export { it } from '../${forbidden}/thing.ts';\n`,
      `export * from '../${forbidden}/thing.ts';\n`,
      `import '../${forbidden}/thing.ts';\n`,
    ]) {
      const [result] = await lint.lintText(code, { filePath: file });
      expect([code, result?.messages[0]?.ruleId]).toEqual([code, 'no-restricted-imports']);
    }
  });
});

describe('what is not a room', () => {
  it.each([
    ['src/shared/pretended.ts', '../main/upload/upload.ts'],
    ['src/shared/pretended.ts', '../renderer/main.ts'],
    ['src/shared/pretended.ts', '../preload/index.ts'],
    ['src/shared/pretended.ts', 'electron'],
    ['src/shared/pretended.ts', 'node:fs'],
    ['src/shared/deeper/pretended.ts', '../../main/upload/upload.ts'],
    ['src/renderer/pretended.ts', '../main/share/link.ts'],
    ['src/renderer/views/pretended.ts', '../../main/share/link.ts'],
    ['src/renderer/pretended.ts', 'electron'],
    ['src/renderer/pretended.ts', 'node:fs'],
    ['src/renderer/pretended.ts', '../preload/index.ts'],
    ['src/preload/pretended.ts', '../main/share/link.ts'],
    ['src/preload/pretended.ts', '../renderer/main.ts'],
    ['src/main/cli.ts', 'electron'],
    ['src/main/cli.ts', './shell/window.ts'],
    ['src/main/index.ts', 'electron'],
    ['src/shared/pretended.ts', 'fs'],
    ['src/shared/pretended.ts', 'undici'],
    ['src/renderer/pretended.ts', 'fs/promises'],
    ['src/main/upload/pretended.ts', '../../main/platform/disk-file.ts'],
    ['src/main/upload/pretended.ts', './../platform/disk-file.ts'],
    ['src/main/upload/deeper/pretended.ts', '../../platform/disk-file.ts'],
  ])('%s may not import %s', async (path, imported) => {
    expect(await isRefused(path, imported)).toBe(true);
  });

  it.each([
    ['src/shared/pretended.ts', './errors.ts'],
    ['src/shared/pretended.ts', 'zod'],
    ['src/renderer/pretended.ts', '../shared/expiry.ts'],
    ['src/renderer/pretended.ts', './state/transfers.ts'],
    ['src/preload/pretended.ts', '../shared/share.ts'],
    ['src/preload/pretended.ts', 'electron'],
    ['src/main/cli.ts', './platform/disk-file.ts'],
    ['src/main/cli.ts', './command/program.ts'],
    ['src/main/index.ts', './shell/window.ts'],
    ['src/main/index.ts', './platform/disk-file.ts'],
    ['test/unit/pretended.test.ts', '../../src/main/platform/disk-file.ts'],
  ])('%s may import %s', async (path, imported) => {
    expect(await refusals(path, imported)).toEqual([]);
  });
});

describe('an import that waits until it is needed', () => {
  it('is refused where the same import at the top would be', async () => {
    for (const imported of ['electron', '../platform/disk-file.ts']) {
      const code = `export const later = () => import('${imported}');\n`;
      const [result] = await lint.lintText(code, { filePath: 'src/main/upload/pretended.ts' });
      expect(result?.messages[0]?.ruleId).toBe('no-restricted-syntax');
    }
  });
});

describe('a refusal', () => {
  it('says what the room may import instead', async () => {
    const [message] = await refusals('src/main/upload/pretended.ts', '../signing/presigner.ts');
    expect(message).toContain('src/main/upload may import: shared.');
  });
});
