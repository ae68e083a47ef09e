import { overallProgress } from '../board/overall-progress.ts';
import type { Later } from '../board/push-throttle.ts';
import type { ShareBoard } from '../board/share-board.ts';
import type { MainWindow } from './main-window.ts';
import type { Notices } from './notices.ts';
import { RefreshThrottle } from './refresh-throttle.ts';

/** The least time between two pictures of all that is under way, and between two of the board; milliseconds. */
const OVERVIEW_REST_MS = 1_000;
const BOARD_REST_MS = 500;

export interface Followers {
  readonly window: Pick<MainWindow, 'push' | 'setProgress'>;
  readonly notices: Pick<Notices, 'ended' | 'arrived'>;
  readonly refreshTray: () => void;
  /** The board itself may have changed: the server's clock is learned with each answer. */
  readonly changed: () => void;
  readonly later: Later;
}

/** Tells the window, the taskbar, the tray and the notices what happens to shares, each as often as it can be read. */
export function followBoard(shares: Pick<ShareBoard, 'listen' | 'underWay'>, followers: Followers): void {
  const { window, notices, refreshTray, changed, later } = followers;
  const overview = new RefreshThrottle(later, OVERVIEW_REST_MS, () => {
    window.setProgress(overallProgress(shares.underWay()));
    refreshTray();
  });
  const board = new RefreshThrottle(later, BOARD_REST_MS, changed);
  shares.listen({
    rowsChanged: (rows) => {
      window.push('sharesChanged', { rows: [...rows] });
      overview.ask();
    },
    listed: () => {
      window.push('sharesListed', {});
      overview.ask();
      board.ask();
    },
    ended: (row) => {
      notices.ended(row);
      overview.ask();
      board.ask();
    },
    arrived: (rows) => {
      notices.arrived(rows);
    },
  });
}
