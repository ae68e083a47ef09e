import { homedir } from 'node:os';
import { asSandglassError } from '../shared/errors.ts';
import { shellWords } from '../shared/words/shell.ts';
import { AccountDesk } from './board/account-desk.ts';
import { BucketBrowser } from './board/bucket-browser.ts';
import { FileShelf } from './board/file-shelf.ts';
import type { Later } from './board/push-throttle.ts';
import { ShareBoard } from './board/share-board.ts';
import { exitCodeOf } from './command/exit-codes.ts';
import { coreRooms } from './core-rooms.ts';
import { FirstVault } from './credentials/first-vault.ts';
import { MemoryVault } from './credentials/memory-vault.ts';
import { AutostartEntry, autostartFile } from './platform/autostart-entry.ts';
import { setAsideDamaged } from './platform/damaged-files.ts';
import { dataFolder } from './platform/data-folder.ts';
import { DiskFile } from './platform/disk-file.ts';
import { Keychain } from './platform/keychain.ts';
import { NetworkWatch } from './platform/network-watch.ts';
import { systemClock } from './platform/system-time.ts';
import { giveUp } from './shell/dialogs.ts';
import { Browsing } from './share/browsing.ts';
import { Application, type ApplicationRooms } from './shell/application.ts';
import { loginCommand } from './shell/launch.ts';
import { listBuckets } from './signing/bucket-list.ts';

/** Not awaited at the top: Electron becomes ready only once this module has come to its end. */
async function build(application: Application, folder: string): Promise<void> {
  const aside = await setAsideDamaged(folder, systemClock.now());
  const vault = new FirstVault([new Keychain(), application.sealedVault(), new MemoryVault()], () => {
    application.changed();
  });
  // A person may come back after hours, and finds the upload waiting.
  const core = await coreRooms(folder, vault, { face: 'app', waitsFor: () => Infinity });
  const accounts = new AccountDesk({
    ...core,
    profiles: async () => Object.keys(await core.awsProfiles()),
    buckets: (endpoint, credentials) => listBuckets(endpoint, credentials, core.clientFor),
  });
  void accounts.prepare();
  const { settingsAside, historyAside } = shellWords.start;
  const misfortunes = aside.map(({ what, name }) =>
    what === 'settings' ? settingsAside(name) : historyAside(name),
  );
  const { clipboard } = application;
  const shares = new ShareBoard({ ...core, localClock: systemClock, clipboard, later });
  const rooms: ApplicationRooms = {
    ...{ ...core, accounts, network: new NetworkWatch(), autostart: autostart(), shares },
    browser: new BucketBrowser({ ...core, browsing: new Browsing(core), accounts, shares, clipboard }),
    files: new FileShelf({ sizeOf: (path) => DiskFile.sizeOf(path) }),
  };
  await application.run(rooms, misfortunes);
}

/** Electron knows the start at login of the other systems. */
function autostart(): AutostartEntry | null {
  if (process.platform !== 'linux') return null;
  return new AutostartEntry(autostartFile(process.env, homedir()), loginCommand());
}

const later: Later = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => {
    clearTimeout(timer);
  };
};
const folder = dataFolder(process.env);
const application = new Application(folder, later);
if (application.isFirst()) {
  build(application, folder).catch((error: unknown) => {
    const failure = asSandglassError(error);
    return giveUp(failure, exitCodeOf(failure.code));
  });
}
