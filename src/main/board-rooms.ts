import { basename } from 'node:path';
import { AccountDesk } from './board/account-desk.ts';
import { AwaitedUploads } from './board/awaited-uploads.ts';
import { BucketBrowser } from './board/bucket-browser.ts';
import { endingRooms } from './board/ending-rooms.ts';
import { FileShelf } from './board/file-shelf.ts';
import { InvitationDesk } from './board/invitation-desk.ts';
import type { Later } from './board/push-throttle.ts';
import { RowNotes } from './board/row-notes.ts';
import { ShareBoard, type Clipboard } from './board/share-board.ts';
import type { coreRooms } from './core-rooms.ts';
import { DiskFile } from './platform/disk-file.ts';
import { systemClock } from './platform/system-time.ts';
import { Browsing } from './share/browsing.ts';
import { listBuckets } from './signing/bucket-list.ts';

/** What the window brings along. */
export interface WindowPorts {
  readonly clipboard: Clipboard;
  readonly later: Later;
}

/** The rooms of the window, built over those that it has in common with the command. They begin nothing by themselves. */
export function boardRooms(core: Awaited<ReturnType<typeof coreRooms>>, { clipboard, later }: WindowPorts) {
  const accounts = new AccountDesk({
    ...core,
    profiles: async () => Object.keys(await core.awsProfiles()),
    buckets: (endpoint, credentials) => listBuckets(endpoint, credentials, core.clientFor),
  });
  const awaited = new AwaitedUploads({
    ...{ ...core, arrivals: core.links.arrivals, localClock: systemClock },
  });
  const notes = new RowNotes(core);
  const shares = new ShareBoard({ ...core, awaited, notes, localClock: systemClock, clipboard, later });
  const endings = endingRooms({ ...core, accounts, shares, notes, later });
  return {
    ...{ accounts, awaited, shares, endTimer: endings.timer, ...endings.rooms },
    invitations: new InvitationDesk({ ...core, accounts, shares, clipboard }),
    browser: new BucketBrowser({ ...core, browsing: new Browsing(core), accounts, shares, clipboard }),
    files: new FileShelf({ sizeOf: (path) => DiskFile.sizeOf(path, basename(path)) }),
  };
}
