import { ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EndOfLife } from '../../../src/main/share/end-of-life.ts';
import { expiresAt, type Removal, type ShareRecord } from '../../../src/main/history/share-record.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { Core } from './core.ts';

const HOUR = 3_600_000;

describeOnBothServers('When it ends, it is gone', (server) => {
  let core: Core;
  let bucket: string;
  beforeEach(async () => {
    core = await Core.open(server);
    bucket = await server.freshBucket();
  });
  afterEach(() => core.close());

  const status = async (url: string) => (await fetch(url)).status;
  const standing = ({ id }: ShareRecord) => core.rooms.history.find(id).status;
  const sweep = async () => (await core.rooms.endOfLife.sweep()).map(({ record, did }) => [record.id, did]);
  /** As if the links of the share had been made two hours earlier. */
  function endedAnHourAgo({ id }: ShareRecord): void {
    core.inHistory(
      `UPDATE shares SET signed_at = signed_at - ${2 * HOUR}, last_end = last_end - ${2 * HOUR},
       gone_at = gone_at - ${2 * HOUR} WHERE id = '${id}'`,
    );
  }

  test('an object stays as long as its link lives', async () => {
    const shared = await core.share(bucket, true);
    expect(shared.goneAt).toBe(expiresAt(shared));
    expect(await sweep()).toEqual([]);
    expect(core.rooms.endOfLife.nextAt()).toBe(shared.goneAt);
    expect([await status(shared.url), standing(shared)]).toEqual([200, 'live']);
  });

  test('an object whose link has ended is deleted, and only that one', async () => {
    const [ended, living] = [
      await core.share(bucket, true, 'a.txt'),
      await core.share(bucket, true, 'b.txt'),
    ];
    const kept = await core.share(bucket, false, 'c.txt');
    for (const record of [ended, kept]) endedAnHourAgo(record);
    expect(await sweep()).toEqual([[ended.id, 'deleted']]);
    expect([await status(ended.url), await status(living.url), await status(kept.url)]).toEqual([
      404, 200, 200,
    ]);
    expect([standing(ended), standing(living), standing(kept)]).toEqual(['gone', 'live', 'live']);
    expect(await sweep()).toEqual([]);
  });

  test('what somebody else has put under the key is left alone, and not looked at again', async () => {
    const shared = await core.share(bucket, true);
    await server.client.send(new PutObjectCommand({ Bucket: bucket, Key: shared.key, Body: 'theirs' }));
    endedAnHourAgo(shared);
    expect(await sweep()).toEqual([[shared.id, 'not-ours']]);
    expect(await (await fetch(shared.url)).text()).toBe('theirs');
    expect([await sweep(), standing(shared)]).toEqual([[], 'live']);
  });

  test('what was deleted before is only noted', async () => {
    const shared = await core.share(bucket, true);
    await core.rooms.links.revoke(shared.id);
    core.rooms.history.setStatus(shared.id, 'live');
    endedAnHourAgo(shared);
    expect([await sweep(), standing(shared)]).toEqual([[[shared.id, 'gone-already']], 'gone']);
  });

  test('a link that was extended keeps its object until the later end', async () => {
    const shared = await core.share(bucket, true);
    await core.rooms.links.extend(shared.id, { kind: 'seconds', seconds: 7_200 });
    const extended = core.rooms.history.find(shared.id);
    expect(extended.goneAt).toBe(expiresAt(extended));
    await core.rooms.links.extend(shared.id, { kind: 'seconds', seconds: 60 });
    // The link of two hours was given out, and a shorter one does not shorten it.
    expect(core.rooms.history.find(shared.id).goneAt).toBe(extended.goneAt);
    expect(await sweep()).toEqual([]);
  });

  test('another link to the same object that still lives keeps it', async () => {
    const shared = await core.share(bucket, true);
    const other = await core.rooms.links.link(core.destination(bucket), shared.key, {
      kind: 'seconds',
      seconds: 60,
    });
    endedAnHourAgo(shared);
    expect(await sweep()).toEqual([]);
    endedAnHourAgo(core.rooms.history.find(other.link.id));
    expect(await sweep()).toEqual([[shared.id, 'deleted']]);
  });

  test('a computer whose clock runs ahead deletes nothing early', async () => {
    const shared = await core.share(bucket, true);
    const ahead = new ServerClock({ now: () => Date.now() + 2 * HOUR });
    const { history: shelf, sourceOf } = core.rooms;
    const endings = await new EndOfLife({ shelf, clock: ahead, sourceOf }).sweep();
    expect(endings).toMatchObject([{ record: { id: shared.id }, did: 'not-yet' }]);
    expect([await status(shared.url), standing(shared)]).toEqual([200, 'live']);
  });

  test('what cannot be deleted now stays due, and its link can still be extended', async () => {
    const shared = await core.share(bucket, true);
    endedAnHourAgo(shared);
    const { history: shelf, sourceOf, clock } = core.rooms;
    const nowhere = {
      dueAtEnd: (now: number) =>
        shelf.dueAtEnd(now).map((record) => ({
          ...record,
          location: { ...record.location, endpoint: 'http://127.0.0.1:9' },
        })),
      nextGoneAt: (after: number) => shelf.nextGoneAt(after),
      takeAway: (id: string, goneAt: number, now: number) => shelf.takeAway(id, goneAt, now),
      giveBack: (id: string) => {
        shelf.giveBack(id);
      },
      forgetEnd: (id: string, removal: Removal) => {
        shelf.forgetEnd(id, removal);
      },
    };
    const [ending] = await new EndOfLife({ shelf: nowhere, clock, sourceOf }).sweep();
    expect(ending).toMatchObject({ did: 'failed', failure: { code: 'unreachable' } });
    expect(standing(shared)).toBe('live');
    expect(await sweep()).toEqual([[shared.id, 'deleted']]);
  });

  test('a process that died between noting and deleting leaves the object due', async () => {
    const shared = await core.share(bucket, true);
    endedAnHourAgo(shared);
    const { goneAt = 0 } = core.rooms.history.find(shared.id);
    expect(core.rooms.history.takeAway(shared.id, goneAt, goneAt)).toBe(true);
    expect(await sweep()).toEqual([[shared.id, 'deleted']]);
    expect(await status(shared.url)).toBe(404);
  });

  test('a share that was extended while it was looked at is not taken away', async () => {
    const shared = await core.share(bucket, true);
    const { history } = core.rooms;
    const { goneAt = 0 } = shared;
    expect(history.takeAway(shared.id, goneAt - 1, goneAt)).toBe(false);
    history.setStatus(shared.id, 'revoked');
    expect(history.takeAway(shared.id, goneAt, goneAt)).toBe(false);
  });

  describe('in a bucket that keeps versions', () => {
    const versions = async () => {
      const { Versions = [], DeleteMarkers = [] } = await server.client.send(
        new ListObjectVersionsCommand({ Bucket: bucket }),
      );
      return { versions: Versions.length, markers: DeleteMarkers.length };
    };
    const enable = async () => {
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await server.client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    };

    test('the very version that was shared is deleted for good', async () => {
      await enable();
      const shared = await core.share(bucket, true);
      endedAnHourAgo(shared);
      expect(await sweep()).toEqual([[shared.id, 'deleted']]);
      expect(await versions()).toEqual({ versions: 0, markers: 0 });
    });

    test('revoking hides it behind a mark, and says so', async () => {
      await enable();
      const shared = await core.share(bucket, false);
      expect(await core.rooms.links.revoke(shared.id)).toMatchObject({ did: 'hidden' });
      expect([await status(shared.url), await versions()]).toEqual([404, { versions: 1, markers: 1 }]);
    });
  });

  test('revoking deletes, and says so', async () => {
    const shared = await core.share(bucket, false);
    expect(await core.rooms.links.revoke(shared.id)).toMatchObject({
      did: 'deleted',
      record: { id: shared.id },
    });
    expect(await status(shared.url)).toBe(404);
  });
});
