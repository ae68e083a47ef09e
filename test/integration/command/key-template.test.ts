import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { keysFor, Sandglass } from './sandglass.ts';

describeOnBothServers('A key template without {random}', (server) => {
  let sandglass: Sandglass;
  let bucket: string;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    await mkdir(sandglass.data);
    const settings = { version: 1, keyTemplate: '{name}' };
    await writeFile(join(sandglass.data, 'settings.json'), JSON.stringify(settings));
  });
  afterAll(() => sandglass.uninstall());

  for (const [what, bytes] of [
    ['a small', 10],
    ['a large', 20 * 1024 ** 2],
  ] as const) {
    test(`never overwrites ${what} object that is there already`, async () => {
      const name = `${what}.bin`;
      const share = ['share', name, '--bucket', bucket];
      await writeFile(join(sandglass.home, name), Buffer.alloc(bytes, 'first'));
      const link = await sandglass.link(share);
      expect(link.key).toBe(name);
      await writeFile(join(sandglass.home, name), Buffer.alloc(bytes, 'other'));
      const { code, stderr } = await sandglass.run(share);
      expect(code).toBe(4);
      expect(stderr).toMatch(/an object under this key already.*\{random\}/);
      expect(await (await fetch(link.url)).text()).toMatch(/^first/);
    });
  }
});
