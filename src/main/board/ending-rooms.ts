import { EndChoice, type EndChoiceShelf } from '../share/end-choice.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { EndDesk } from './end-desk.ts';
import { EndTimer, type EndTimerPorts } from './end-timer.ts';
import { LifecycleDesk, type LifecycleDeskPorts } from './lifecycle-desk.ts';
import { ObjectPreview, type ObjectPreviewPorts } from './object-preview.ts';
import type { RowNotes } from './row-notes.ts';
import type { ShareBoard } from './share-board.ts';

export interface EndingPorts extends Omit<EndTimerPorts, 'told' | 'clock'>, LifecycleDeskPorts {
  readonly browsing: ObjectPreviewPorts['browsing'];
  readonly history: EndChoiceShelf;
  readonly clock: ServerClock;
  readonly notes: RowNotes;
  readonly shares: Pick<ShareBoard, 'row' | 'listen'>;
  readonly close: () => Promise<void>;
}

/** All that makes objects end with their links while the app runs, and what the window asks of that. */
export function endingRooms(ports: EndingPorts) {
  const { notes, shares, history, clock, close } = ports;
  const timer = new EndTimer({
    ...ports,
    told: (endings) => {
      notes.ended(endings);
    },
  });
  const look = () => {
    timer.look();
  };
  // A share that is extended, revoked or made changes when the next end is.
  shares.listen({
    rowsChanged: (rows) => {
      // What only moves on, many times a second, changes no end.
      if (rows.some(({ standing }) => standing.kind !== 'uploading')) look();
    },
    ...{ listed: look, ended: look, arrived: look },
  });
  return {
    timer,
    rooms: {
      ends: new EndDesk({ choice: new EndChoice(history, clock), notes, shares }),
      lifecycle: new LifecycleDesk(ports),
      objects: new ObjectPreview(ports),
      close: async () => {
        await timer.stop();
        await close();
      },
    },
  };
}
