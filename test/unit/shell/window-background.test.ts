import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { BACKGROUND } from '../../../src/main/shell/main-window.ts';

vi.mock('electron', () => ({}));

it('the window is of the page’s own colour before the page is there, in both themes', async () => {
  const tokens = await readFile(join(import.meta.dirname, '../../../src/renderer/styles/tokens.css'), 'utf8');
  const [, light, dark] = /--paper: light-dark\((#\w+), (#\w+)\);/.exec(tokens) ?? [];
  expect(BACKGROUND).toEqual({ light, dark });
});
