import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, openSync, renameSync, statSync, utimesSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import type { FaultScript } from '../../servers/fault-proxy/proxy.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import type { DiskFile } from '../../../src/main/platform/disk-file.ts';
import type { OpenFile } from '../../../src/main/share/sharing.ts';
import { MIB, type Line } from './line.ts';
import { linesTo, partAttempts, requestsOf } from './lines.ts';

/** A whole second, so that it can be put back to the nanosecond. */
const LONG_AGO = 1_000_000_000;

/** Does something once, when this part comes. */
function atPart(number: number, deed: () => void): FaultScript {
  let done = false;
  return ({ operation, partNumber }) => {
    if (!done && operation === 'part' && partNumber === number) {
      done = true;
      deed();
    }
    return null;
  };
}

async function firstPartIsThere(line: Line): Promise<void> {
  const isThere = () =>
    line.proxy.ledger.of('part').some(({ partNumber, status }) => partNumber === 1 && status === 200);
  await expect.poll(isThere, { interval: 5, timeout: 10_000 }).toBe(true);
}

/** Writes a few bytes in the middle of the file. */
function overwrite(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([0x55, 0xaa, 0x55]), 0, 3, at);
  closeSync(file);
}

describeOnBothServers('A file that changes while it uploads', (server) => {
  const lines = linesTo(server);
  const changes: Readonly<Record<string, (path: string) => void>> = {
    grows: (path) => {
      appendFileSync(path, 'more');
    },
    'is written to': (path) => {
      overwrite(path, 3 * MIB);
    },
    'is written to, its size and its time put back': (path) => {
      overwrite(path, 3 * MIB);
      utimesSync(path, LONG_AGO, LONG_AGO);
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    test(`and ${what} is never published: stopped before its end, and says so`, async () => {
      let path = '';
      let changed: Promise<void> | undefined;
      const line: Line = await lines.open(({ operation, partNumber }) => {
        if (operation !== 'part' || partNumber !== 3) return null;
        // Where nothing of it was sent yet, the server would get the file as it is then.
        changed ??= firstPartIsThere(line).then(() => {
          change(path);
        });
        return { kind: 'delay', way: 'request', until: changed };
      });
      path = await line.file();
      utimesSync(path, LONG_AGO, LONG_AGO);
      const share = await line.share(path);
      await lines.expectNothing(line, share, 'file-changed');
      expect(requestsOf(line)).not.toContain('complete');
      expect((await share.outcome)?.message).toMatch(
        /changed while it was uploading, so nothing was published/,
      );
    });
  }

  test('in nothing but its times is published', async () => {
    let path = '';
    const line = await lines.open(
      atPart(2, () => {
        utimesSync(path, LONG_AGO, LONG_AGO);
      }),
    );
    path = await line.file();
    utimesSync(path, LONG_AGO, LONG_AGO);
    await lines.expectWhole(line, await line.share(path), path);
  });
});

describeOnBothServers('A file that goes away while it uploads', (server) => {
  const lines = linesTo(server);

  test('pauses the upload with the reason, which goes on once the file is back', async () => {
    let path = '';
    const line = await lines.open(
      atPart(2, () => {
        renameSync(path, `${path}.aside`);
      }),
    );
    path = await line.file();
    const share = await line.share(path);
    await share.reaches(/^paused: file-missing$/);
    expect(line.proxy.ledger.requests('abort')).toBe(0);
    renameSync(`${path}.aside`, path);
    await lines.expectWhole(line, share, path);
    expect(partAttempts(line)).toEqual({ 1: 1, 2: 1, 3: 1 });
  });

  test('and comes back as another file is never published', async () => {
    let path = '';
    const line = await lines.open(
      atPart(2, () => {
        renameSync(path, `${path}.aside`);
      }),
    );
    path = await line.file();
    const share = await line.share(path);
    await share.reaches(/^paused: file-missing$/);
    await line.file(statSync(`${path}.aside`).size, path.slice(line.folder.length + 1));
    await lines.expectNothing(line, share, 'file-changed');
  });

  test('and cannot be read for a while pauses the upload, which goes on by itself', async () => {
    let broken = true;
    const opened = (file: DiskFile): OpenFile => ({
      ...{ size: file.size, stamp: file.stamp },
      read: (buffer, offset) => file.read(buffer, offset),
      md5: (offset, length) =>
        broken && offset > 0 ? Promise.reject(unreadable()) : file.md5(offset, length),
      compare: () => file.compare(),
      reopen: () => (broken ? Promise.reject(unreadable()) : file.reopen()),
      close: () => file.close(),
    });
    const line = await lines.open({ opened });
    const path = await line.file();
    const share = await line.share(path);
    await share.reaches(/^paused: file-unreadable$/);
    broken = false;
    await lines.expectWhole(line, share, path);
    expect(line.proxy.ledger.requests('create')).toBe(1);
  });

  describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('with its drive', () => {
    test('pauses the upload, which goes on once the drive is there again', async () => {
      let drive = '';
      const unmount = () => {
        execFileSync('umount', ['-l', drive]);
      };
      const line = await lines.open(atPart(2, unmount));
      const stick = join(line.folder, 'stick');
      drive = join(line.folder, 'drive');
      await mkdir(stick);
      await mkdir(drive);
      execFileSync('mount', ['--bind', stick, drive]);
      await line.file(17 * MIB, 'stick/holiday.mp4');
      const path = join(drive, 'holiday.mp4');
      const share = await line.share(path);
      await share.reaches(/^paused: file-missing$/);
      execFileSync('mount', ['--bind', stick, drive]);
      await lines.expectWhole(line, share, path);
      unmount();
    });
  });
});

function unreadable(): SandglassError {
  return new SandglassError('file-unreadable', 'The disk answers EIO.');
}
