import type { ShareRow } from '../../shared/board.ts';
import type { EndChoice } from '../share/end-choice.ts';
import type { RowNotes } from './row-notes.ts';
import type { ShareBoard } from './share-board.ts';

export interface EndDeskPorts {
  readonly choice: Pick<EndChoice, 'choose'>;
  readonly notes: Pick<RowNotes, 'changed'>;
  readonly shares: Pick<ShareBoard, 'row'>;
}

/** Where a person says of a share that its object goes with its link, or stays after all. */
export class EndDesk {
  readonly #ports: EndDeskPorts;

  constructor(ports: EndDeskPorts) {
    this.#ports = ports;
  }

  /** @throws SandglassError share-not-live, share-unknown */
  choose(id: string, goes: boolean): ShareRow {
    const { choice, notes, shares } = this.#ports;
    choice.choose(id, goes);
    notes.changed(id);
    return shares.row(id);
  }
}
