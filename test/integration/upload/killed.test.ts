import { randomFillSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { FaultScript } from '../../servers/fault-proxy/proxy.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { objectsIn, uploadsUnderWay } from './bucket-contents.ts';
import { MIB, THREE_PARTS } from './line.ts';
import { StruckCommand, type ListedShare } from './struck-command.ts';

const NEVER = new Promise(() => undefined);

describeOnBothServers('The command', (server) => {
  const command = new StruckCommand(server);

  /** Starts to share, and ends the process with SIGKILL as soon as the script says so. */
  async function killed(path: string, script: (kill: () => void) => FaultScript): Promise<ListedShare> {
    const moment = Promise.withResolvers<undefined>();
    command.fault = script(() => {
      moment.resolve(undefined);
    });
    const running = command.share(path);
    await Promise.race([
      moment.promise,
      running.outcome.then(({ stderr }) => Promise.reject(new Error(stderr))),
    ]);
    running.process.kill('SIGKILL');
    await running.outcome;
    command.fault = () => null;
    const [left] = await command.shares();
    return left!;
  }

  /** Which parts have come since there were so many requests. */
  const partsSince = (requests: number) =>
    command.proxy.ledger.log
      .slice(requests)
      .flatMap(({ partNumber }) => partNumber ?? [])
      .toSorted((a, b) => a - b);

  const isAnswered = (part: number) =>
    command.proxy.ledger.of('part').some(({ partNumber, status }) => partNumber === part && status === 200);

  describe('that was killed', () => {
    const moments: Readonly<Record<string, [(kill: () => void) => FaultScript, number[]]>> = {
      'before it heard the upload’s id': [
        (kill) =>
          ({ operation }) => {
            if (operation !== 'create') return null;
            // The server has begun the upload by the time the answer is withheld.
            setTimeout(kill, 500);
            return { kind: 'delay', way: 'answer', until: NEVER };
          },
        [1, 2, 3],
      ],
      'when one part had arrived': [
        (kill) =>
          ({ operation, partNumber }) => {
            if (operation !== 'part' || partNumber === 1) return null;
            if (partNumber === 3)
              void expect
                .poll(() => isAnswered(1), { timeout: 20_000 })
                .toBe(true)
                .then(kill);
            return { kind: 'stall', afterBodyBytes: 1_000 };
          },
        [2, 3],
      ],
      'before it asked for the end': [
        (kill) =>
          ({ operation }) => {
            if (operation === 'complete') kill();
            return operation === 'complete' ? { kind: 'delay', way: 'request', until: NEVER } : null;
          },
        [],
      ],
      'before it heard that the object is made': [
        (kill) =>
          ({ operation, path }) => {
            if (operation !== 'complete') return null;
            const Key = decodeURIComponent(path.split('/').slice(2).join('/'));
            void expect
              .poll(() => objectsIn(server.client, command.bucket), { timeout: 20_000 })
              .toContain(Key)
              .then(kill);
            return { kind: 'delay', way: 'answer', until: NEVER };
          },
        [],
      ],
    };
    for (const [moment, [script, missing]] of Object.entries(moments)) {
      test(`${moment} is resumed, and sends only ${missing.length} parts`, async () => {
        const path = await command.file();
        const left = await killed(path, script);
        const before = command.proxy.ledger.log.length;
        const resumed = await command.call(['resume', left.id]);
        expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
        expect(partsSince(before)).toEqual(missing);
        await command.expectWhole(left, path);
      });
    }

    test('after the object was made is resumed, though HEAD is refused at first', async () => {
      const path = await command.file();
      const left = await killed(path, moments['before it heard that the object is made']![0]);
      command.fault = ({ operation, attempt }) =>
        operation === 'head' && attempt <= 2 ? { kind: 'answer', status: 503 } : null;
      const resumed = await command.call(['resume', left.id]);
      expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
      await command.expectWhole(left, path);
    });

    test('during a small file is resumed, whether it had arrived or not', async () => {
      for (const way of ['request', 'answer'] as const) {
        const path = await command.file(MIB);
        const left = await killed(path, (kill) => ({ operation }) => {
          if (operation !== 'put') return null;
          setTimeout(kill, 500);
          return { kind: 'delay', way, until: NEVER };
        });
        const resumed = await command.call(['resume', left.id]);
        expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
        await command.expectWhole(left, path);
      }
    });

    test('is killed again and again, and ends whole', async () => {
      const path = await command.file(5 * 8 * MIB);
      const left = await killed(path, moments['when one part had arrived']![0]);
      for (const part of [3, 4]) {
        const struck = Promise.withResolvers<undefined>();
        command.fault = ({ operation, partNumber }) => {
          if (operation !== 'part' || partNumber !== part) return null;
          struck.resolve(undefined);
          return { kind: 'stall', afterBodyBytes: 5 * MIB };
        };
        const again = command.begin(['resume', left.id]);
        await struck.promise;
        again.process.kill('SIGKILL');
        await again.outcome;
      }
      command.fault = () => null;
      expect(await command.call(['resume'])).toMatchObject({ code: 0 });
      await command.expectWhole(left, path);
    });

    test('and whose file has changed since sends what differs, and the object is the file', async () => {
      const path = await command.file();
      const left = await killed(path, moments['when one part had arrived']![0]);
      await writeFile(path, randomFillSync(Buffer.allocUnsafe(THREE_PARTS)));
      expect(await command.call(['resume', left.id])).toMatchObject({ code: 0 });
      await command.expectWhole(left, path);
    });

    test('and is cancelled leaves nothing', async () => {
      for (const moment of Object.values(moments).slice(0, 3)) {
        const left = await killed(await command.file(), moment[0]);
        expect(await command.call(['cancel', left.id])).toMatchObject({ code: 0 });
        expect(await uploadsUnderWay(server.client, command.bucket)).toEqual([]);
        expect(await objectsIn(server.client, command.bucket)).toEqual([]);
      }
    });
  });
});
