import { AccountDesk } from './board/account-desk.ts';
import { FileShelf } from './board/file-shelf.ts';
import { ShareBoard, type ShareBoardPorts } from './board/share-board.ts';
import { coreRooms } from './core-rooms.ts';
import { FirstVault } from './credentials/first-vault.ts';
import { MemoryVault } from './credentials/memory-vault.ts';
import { dataFolder } from './platform/data-folder.ts';
import { DiskFile } from './platform/disk-file.ts';
import { Keychain } from './platform/keychain.ts';
import { systemClock } from './platform/system-time.ts';
import { Application } from './shell/application.ts';
import { listBuckets } from './signing/bucket-list.ts';

/** Not awaited at the top: Electron becomes ready only once this module has come to its end. */
async function build(application: Application, folder: string): Promise<void> {
  const vault = new FirstVault([new Keychain(), application.sealedVault(), new MemoryVault()], () => {
    application.changed();
  });
  const core = await coreRooms(folder, vault);
  const later: ShareBoardPorts['later'] = (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  };
  const accounts = new AccountDesk({
    ...core,
    profiles: async () => Object.keys(await core.awsProfiles()),
    buckets: (endpoint, credentials) => listBuckets(endpoint, credentials, core.clientFor),
  });
  void accounts.prepare();
  await application.run({
    ...core,
    accounts,
    shares: new ShareBoard({ ...core, localClock: systemClock, clipboard: application.clipboard, later }),
    files: new FileShelf({ sizeOf: (path) => DiskFile.sizeOf(path) }),
  });
}

const folder = dataFolder(process.env);
const application = new Application(folder);
if (application.isFirst()) void build(application, folder);
