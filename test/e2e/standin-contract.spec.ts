/**
 * What a page and its preload may rely on of whatever runs the app. Run on Electron's own binary these sentences check the stand-in's
 * promises; run on the stand-in they check that it keeps them.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { RunningApp, type PageGlobals } from '../standin/contract-app/running-app.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await RunningApp.start();
});
test.beforeEach(() => app.renew());
test.afterAll(() => app.stop());

test.describe('a call from the page', () => {
  test('comes back with its answer, and plain data survives both ways', async () => {
    const value = { text: 'é', list: [1, null, { deep: true }], empty: {} };
    expect(await app.invoke('echo', value)).toEqual(value);
    const kept = await app.page.evaluate(async () => {
      const { contract } = globalThis as unknown as PageGlobals;
      const sent = [new Date(0), new Uint8Array([1, 2]), undefined, new Map([[1, 2]]), 10n, Number.NaN];
      return Promise.all(
        sent.map(async (one) => [
          await contract.invoke('type', one),
          Object.prototype.toString.call(await contract.invoke('echo', one)),
        ]),
      );
    });
    const types = ['Date', 'Uint8Array', 'Undefined', 'Map', 'BigInt', 'Number'].map(
      (name) => `[object ${name}]`,
    );
    expect(kept).toEqual(types.map((type) => [type, type]));
  });

  test('that fails is rejected in the words of Electron, without a stack', async () => {
    expect(await app.invoke('fail')).toBe("Error invoking remote method 'fail': Error: It cannot be done.");
    expect(await app.invoke('nothing')).toBe(
      "Error invoking remote method 'nothing': Error: No handler registered for 'nothing'",
    );
  });

  test('is rejected where the answer cannot be cloned', async () => {
    expect(await app.invoke('unclonable')).toContain('An object could not be cloned.');
  });

  test('is refused by the bridge where what it carries is a Proxy', async () => {
    const refused = await app.page
      .evaluate(() => {
        const { contract } = globalThis as unknown as PageGlobals;
        return contract.invoke('echo', new Proxy({}, {})).then(
          () => 'accepted',
          () => 'refused',
        );
      })
      .catch(() => 'refused');
    expect(refused).toBe('refused');
  });

  test('tells who sent it: the main frame of a window, by its app:// address', async () => {
    expect(await app.invoke('sender')).toEqual({
      url: 'app://contract/index.html',
      parent: null,
      isMainFrame: true,
      hasWindow: true,
    });
  });
});

test.describe('the preload', () => {
  test('has exposed its bridge before the first script of the page runs', async () => {
    expect(await app.page.evaluate(() => (globalThis as unknown as PageGlobals).bridgeAtStart)).toBe(
      'object',
    );
  });

  test('is out of reach: the page sees no require, no ipcRenderer, no global of it', async () => {
    const names = ['require', 'module', 'process', 'electron', 'ipcRenderer', 'preloadSecret'];
    const seen = await app.page.evaluate((wanted) => wanted.filter((name) => name in globalThis), names);
    expect(seen).toEqual([]);
    const odd = await app.page.evaluate(() =>
      Object.keys(globalThis).filter((name) => /stand|bind/i.test(name)),
    );
    expect(odd).toEqual([]);
  });

  test('exposes an API that is frozen through and through, and cannot be replaced', async () => {
    const frozen = await app.page.evaluate(() => {
      const { contract } = globalThis as unknown as PageGlobals;
      const parts = [contract, contract.nested, contract.nested.list].map((part) => Object.isFrozen(part));
      return [
        ...parts,
        Reflect.set(globalThis, 'contract', null),
        contract === Reflect.get(globalThis, 'contract'),
      ];
    });
    expect(frozen).toEqual([true, true, true, false, true]);
  });

  test('may require electron and no module of Node', async () => {
    const can = (name: string) =>
      app.page.evaluate((wanted) => (globalThis as unknown as PageGlobals).contract.canRequire(wanted), name);
    expect([await can('electron'), await can('fs'), await can('child_process')]).toEqual([
      'object',
      'refused',
      'refused',
    ]);
  });

  test('throws through the bridge as an error of its message', async () => {
    const message = await app.page.evaluate(() => {
      try {
        return (globalThis as unknown as PageGlobals).contract.refuse();
      } catch (error) {
        return error instanceof Error ? error.message : 'no error of this world';
      }
    });
    expect(message).toBe('The preload refuses.');
  });

  test('hears what main pushes, in its order, until it listens no more', async () => {
    const push = (value: unknown) =>
      app.electron.evaluate(({ BrowserWindow }, pushed) => {
        BrowserWindow.getAllWindows()[0]?.webContents.send('pushed', pushed);
      }, value);
    for (const value of [1, { two: 2 }, [3]]) await push(value);
    const heard = app.page.locator('#pushed li');
    await expect(heard).toHaveText(['1', '{"two":2}', '[3]']);
    await app.page.evaluate(() => {
      (globalThis as unknown as PageGlobals).unsubscribe();
    });
    await push('late');
    await app.invoke('echo', 'everything before this has arrived');
    await expect(heard).toHaveCount(3);
  });
});

test.describe('the path of a file', () => {
  test('is that of the file which was dropped', async () => {
    const files = [join(app.userData, 'dropped é.bin'), join(app.userData, 'second.bin')];
    for (const path of files) await writeFile(path, 'dropped');
    const session = await app.page.context().newCDPSession(app.page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files, dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x: 100, y: 300, data });
    }
    await expect(app.page.locator('#paths li')).toHaveText(files);
  });

  test('is that of the file which was picked', async () => {
    const path = join(app.userData, 'picked.txt');
    await writeFile(path, 'picked');
    await app.page.setInputFiles('#picked', path);
    await expect(app.page.locator('#paths li')).toHaveText([path]);
  });

  test('is empty for a file that a script has made, and no string passes for a file', async () => {
    const answers = await app.page.evaluate(() => {
      const { contract } = globalThis as unknown as PageGlobals;
      let refusal = 'none';
      try {
        contract.pathOf('/etc/passwd');
      } catch {
        refusal = 'thrown';
      }
      return [contract.pathOf(new File(['made'], 'made.txt')), refusal];
    });
    expect(answers).toEqual(['', 'thrown']);
  });
});

test.describe('the page', () => {
  test('is held to the Content-Security-Policy that main has sent with it', async () => {
    const outcome = await app.page.evaluate(async () => {
      const evaluated = await new Promise<string>((resolve) => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineHasRun = true';
        document.addEventListener('securitypolicyviolation', (event) => {
          resolve(event.effectiveDirective);
        });
        document.head.append(script);
      });
      const fetched = await fetch('page.js').then(
        () => 'fetched',
        () => 'refused',
      );
      return [evaluated, fetched, (globalThis as unknown as PageGlobals).inlineHasRun];
    });
    expect(outcome).toEqual(['script-src-elem', 'refused', undefined]);
  });

  test('gets the permissions that main grants, and no other', async () => {
    const states = async () =>
      app.page.evaluate(async () => [
        (await navigator.permissions.query({ name: 'geolocation' })).state,
        (await navigator.permissions.query({ name: 'notifications' })).state,
      ]);
    expect(await states()).toEqual(['denied', 'denied']);
    await app.wish({ grants: true });
    await app.load();
    expect(await states()).toEqual(['granted', 'granted']);
  });

  test('follows the theme that main has chosen, and what a test emulates', async () => {
    const isDark = () => app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    for (const source of ['dark', 'light'] as const) {
      await app.electron.evaluate(({ nativeTheme }, chosen) => (nativeTheme.themeSource = chosen), source);
      await expect.poll(isDark).toBe(source === 'dark');
    }
    await app.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await isDark()).toBe(true);
  });

  test('has the size that was asked for, and can be photographed', async () => {
    expect(await app.page.evaluate(() => [innerWidth, innerHeight])).toEqual([480, 640]);
    expect((await app.page.screenshot()).length).toBeGreaterThan(1_000);
  });
});
