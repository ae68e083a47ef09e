import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { uploadsUnderWay } from './bucket-contents.ts';
import { refusal } from './lines.ts';
import { StruckCommand } from './struck-command.ts';

const run = promisify(execFile);
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

describeOnBothServers('The command', (server) => {
  const command = new StruckCommand(server);

  test('that cannot drop the parts of a failed upload remembers them, and drops them at its next start', async () => {
    command.fault = ({ operation, partNumber }) => {
      if (operation === 'abort') return refusal(403, 'AccessDenied');
      return operation === 'part' && partNumber === 3 ? refusal(403, 'AccessDenied') : null;
    };
    const failed = await command.share(await command.file()).outcome;
    expect(failed.code).toBe(4);
    expect(failed.stderr).toMatch(/could not be dropped.*tried again/);
    expect(await uploadsUnderWay(server.client, command.bucket)).toHaveLength(1);
    command.fault = () => null;
    expect(await command.share(await command.file(100)).outcome).toMatchObject({ code: 0 });
    expect(await uploadsUnderWay(server.client, command.bucket)).toEqual([]);
  });

  describe.runIf(mayMount)('under whose history the disk gets full', () => {
    /** The data folder on a small disk that is filled when such a request comes. */
    async function fullAt(
      which: 'create' | 'complete',
      check: (filler: string) => Promise<void>,
    ): Promise<void> {
      await mkdir(command.sandglass.data);
      await run('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', command.sandglass.data]);
      const filler = join(command.sandglass.data, 'filler');
      try {
        expect(await command.share(await command.file(100)).outcome).toMatchObject({ code: 0 });
        command.fault = ({ operation }) => {
          if (operation === which) fill(filler);
          return null;
        };
        await check(filler);
      } finally {
        await run('umount', ['-l', command.sandglass.data]);
      }
    }

    for (const which of ['create', 'complete'] as const) {
      test(`at ${which} stops cleanly, and what was there stays whole`, async () => {
        await fullAt(which, async (filler) => {
          const path = await command.file();
          const { code, stderr } = await command.share(path).outcome;
          expect({ code, stderr }).toMatchObject({
            code: 6,
            stderr: expect.stringContaining('disk is full') as string,
          });
          command.fault = () => null;
          await rm(filler);
          const [last, first] = await command.shares();
          expect(first).toMatchObject({ status: 'live' });
          const resumed = await command.call(['resume', last!.id]);
          expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
          await command.expectWhole(last!, path);
        });
      });
    }
  });
});

/** Takes what is left of a disk, to the last page. */
function fill(path: string): void {
  for (const size of [512 * 1024, 64 * 1024, 4096, 512]) {
    for (;;) {
      try {
        writeFileSync(path, Buffer.alloc(size, 1), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}
