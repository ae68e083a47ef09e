import { homedir } from 'node:os';
import { asSandglassError } from '../shared/errors.ts';
import { errorFields } from '../shared/log.ts';
import { shellWords } from '../shared/words/spoken.ts';
import type { Later } from './board/push-throttle.ts';
import { boardRooms } from './board-rooms.ts';
import { exitCodeOf } from './command/exit-codes.ts';
import { coreRooms } from './core-rooms.ts';
import { FirstVault } from './credentials/first-vault.ts';
import { MemoryVault } from './credentials/memory-vault.ts';
import { AutostartEntry, autostartFile } from './platform/autostart-entry.ts';
import { setAsideDamaged } from './platform/damaged-files.ts';
import { dataFolder } from './platform/data-folder.ts';
import { diagnosis } from './platform/diagnosis.ts';
import { Keychain } from './platform/keychain.ts';
import { LogFile } from './platform/log-file.ts';
import { NetworkWatch } from './platform/network-watch.ts';
import { systemClock } from './platform/system-time.ts';
import { giveUp } from './shell/dialogs.ts';
import { Application, type ApplicationRooms } from './shell/application.ts';
import { speakAsChosen } from './shell/language.ts';
import { appVersion, loginCommand } from './shell/launch.ts';
import { logProcess } from './shell/process-log.ts';
import { logShares } from './shell/share-log.ts';

/** Not awaited at the top: Electron becomes ready only once this module has come to its end. */
async function build(application: Application, folder: string): Promise<void> {
  logProcess(log);
  // What fails before the settings are read is told in the system’s language.
  speakAsChosen('system');
  const aside = await setAsideDamaged(folder, systemClock.now());
  for (const { what } of aside) log.write('warn', 'set aside as damaged', { what });
  const vault = new FirstVault([new Keychain(), application.sealedVault(), new MemoryVault()], () => {
    application.changed();
  });
  // A person may come back after hours, and finds the upload waiting.
  const core = await coreRooms(folder, vault, { face: 'app', waitsFor: () => Infinity, log });
  speakAsChosen(core.settings.language);
  const { endTimer, ...board } = boardRooms(core, { clipboard: application.clipboard, later });
  void board.accounts.prepare();
  const { settingsAside, historyAside } = shellWords.start;
  const misfortunes = aside.map(({ what, name }) =>
    what === 'settings' ? settingsAside(name) : historyAside(name),
  );
  const rooms: ApplicationRooms = {
    ...{ ...core, ...board, log, network: new NetworkWatch(), autostart: autostart() },
    diagnosis: () => diagnosis(folder, { face: 'app', version: appVersion(), now: systemClock.now() }),
  };
  logShares(board.shares, log);
  endTimer.start();
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
const log = new LogFile(folder, systemClock);
const application = new Application(folder, later);
if (application.isFirst()) {
  build(application, folder).catch((error: unknown) => {
    const failure = asSandglassError(error);
    log.write('error', 'start failed', { code: failure.code, ...errorFields(failure.cause ?? failure) });
    return giveUp(failure, exitCodeOf(failure.code));
  });
}
