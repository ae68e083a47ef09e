import type { App, PowerMonitor } from 'electron';
import type { Log } from '../../shared/log.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import type { ShareBoard } from '../board/share-board.ts';
import type { Nudge } from '../share/recovery.ts';

/** Tells when this computer's network changes. */
export interface NetworkChanges {
  watch(changed: () => void): () => void;
}

export interface LineRooms {
  readonly shares: Pick<ShareBoard, 'stallAll'>;
  readonly nudge: Pick<Nudge, 'now'>;
  readonly network: NetworkChanges;
  readonly log: Log;
  dropConnections(): void;
}

interface Around {
  readonly app: Pick<App, 'on'>;
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
}

/**
 * Tells uploads what the computer knows before any of their requests does: it sleeps and wakes, its network changes, a
 * person is back. https://www.electronjs.org/docs/latest/api/power-monitor
 */
export function watchLine({ app, powerMonitor }: Around, rooms: LineRooms): void {
  const { shares, nudge, network, log } = rooms;
  const { asleep, changed, goesOn } = shellWords.line;
  const stall = (message: string) => {
    shares.stallAll({ code: 'unreachable', message, next: goesOn });
    rooms.dropConnections();
  };
  const isBack = () => {
    rooms.dropConnections();
    nudge.now();
  };
  let slept = false;
  powerMonitor.on('suspend', () => {
    log.write('info', 'asleep');
    slept = true;
    stall(asleep);
  });
  powerMonitor.on('resume', () => {
    log.write('info', 'awake');
    slept = false;
    isBack();
  });
  // Some systems tell of no waking. Without a sleep, connections that work are not thrown away for an unlocked screen.
  powerMonitor.on('unlock-screen', () => {
    if (slept) isBack();
    else nudge.now();
    slept = false;
  });
  network.watch(() => {
    log.write('info', 'network changed');
    stall(changed);
    nudge.now();
  });
  app.on('browser-window-focus', () => {
    nudge.now();
  });
}
