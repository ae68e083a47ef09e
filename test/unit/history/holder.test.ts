import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Holder } from '../../../src/main/history/holder.ts';

let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'sandglass-holder-')), 'running');
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map(killed));
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** A process of its own that holds a lock and says which. */
async function living(): Promise<{ readonly id: string; readonly child: ChildProcess }> {
  const module = JSON.stringify(resolve('src/main/history/holder.ts'));
  const program = `
    const { Holder } = await import(${module});
    console.log(Holder.take(${JSON.stringify(folder)}, 'command').id);
    setInterval(() => undefined, 60_000);`;
  const child = spawn(resolve('node_modules/.bin/node'), ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [told] = (await once(child.stdout, 'data')) as [Buffer];
  return { id: told.toString().trim(), child };
}

describe('a process', () => {
  it('lives as long as it runs, and is dead once it was killed, with nothing left of it', async () => {
    const holder = Holder.take(folder, 'app');
    const { id, child } = await living();
    expect([holder.lives(id), holder.lives(id)]).toEqual([true, true]);
    await killed(child);
    expect(holder.lives(id)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith(id))).toEqual([]);
    expect(holder.lives(id)).toBe(false);
    holder.release();
  }, 20_000);

  it('is named by its face and a number of its own', () => {
    const [app, command] = [Holder.take(folder, 'app'), Holder.take(folder, 'command')];
    expect([app.id, command.id]).toEqual([
      expect.stringMatching(/^app-[0-9a-f]{16}$/),
      expect.stringMatching(/^command-[0-9a-f]{16}$/),
    ]);
    app.release();
    command.release();
  });

  it('knows that it lives itself, and that another in the same folder does', () => {
    const [one, two] = [Holder.take(folder, 'app'), Holder.take(folder, 'app')];
    expect([one.lives(one.id), one.lives(two.id), two.lives(one.id)]).toEqual([true, true, true]);
    two.release();
    expect([one.lives(two.id), one.lives(one.id)]).toEqual([false, true]);
    one.release();
  });

  it('leaves nothing once it has let go', () => {
    Holder.take(folder, 'app').release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['', 'app-', 'app-0123456789abcdef', '../history', 'app-0123456789abcdef/..', 'root'])(
    'of the name %j does not run, and nothing is made or taken away by asking',
    (id) => {
      const holder = Holder.take(folder, 'app');
      const outside = join(folder, '..', 'history.lock');
      writeFileSync(outside, '');
      const before = readdirSync(folder);
      expect(holder.lives(id)).toBe(false);
      expect([readdirSync(folder), existsSync(outside)]).toEqual([before, true]);
      holder.release();
    },
  );

  it('that cannot have a folder says so in words', () => {
    const file = join(folder, '..', 'file');
    writeFileSync(file, '');
    expect(() => Holder.take(join(file, 'running'), 'app')).toThrow(
      expect.objectContaining({ code: 'history-damaged' }) as Error,
    );
  });
});
