import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachableModules } from '../../../scripts/packaging/module-graph.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandglass-graph-'));
  await mkdir(join(folder, 'chunks'));
});

afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);

describe('the modules that a built file leads to', () => {
  it('are those that it imports, at the top or when needed, those that it names, and theirs', async () => {
    await write('index.js', `import { a } from "./chunks/a.js"; import fs from "node:fs"; a(fs);`);
    await write('chunks/a.js', `export const a = () => import("./b.js"), t = "./thread.js";`);
    await write('chunks/b.js', `import "../index.js";`);
    await write('chunks/thread.js', ``);
    await write('chunks/strange.js', ``);
    const found = ['chunks/a.js', 'chunks/b.js', 'chunks/thread.js', 'index.js'];
    expect(reachableModules(folder, 'index.js')).toEqual(found);
  });

  it('are not those of a comment, nor those outside the folder', async () => {
    await write('index.js', `/** @type {import('./client.js')} */ const preload = "../preload/index.cjs";`);
    expect(reachableModules(folder, 'index.js')).toEqual(['index.js']);
  });

  it('must all be there', async () => {
    await write('index.js', `await import("./chunks/lost.js");`);
    expect(() => reachableModules(folder, 'index.js')).toThrow('index.js imports chunks/lost.js');
  });
});
