import type { LifeChoice, LifePreview } from '../../shared/board.ts';
import { SandglassError } from '../../shared/errors.ts';
import { planExpiry } from '../../shared/expiry.ts';
import type { ObjectAsked } from '../../shared/bucket-view.ts';
import type { Browsing, ObjectStanding } from '../share/browsing.ts';
import { accountPrint } from '../share/destination.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { AccountDesk } from './account-desk.ts';

export interface ObjectPreviewPorts {
  readonly accounts: Pick<AccountDesk, 'dropTarget'>;
  readonly browsing: Pick<Browsing, 'look'>;
  readonly clock: ServerClock;
}

interface Look {
  readonly place: string;
  readonly at: number;
  readonly standing: Promise<ObjectStanding | null>;
}

/** While one picks how long a link lives, the object is asked for no oftener; milliseconds. */
const LOOK_AGAIN_MS = 60_000;

/** What a link to an object would be that is in a bucket already: one that is archived limits it too. */
export class ObjectPreview {
  readonly #ports: ObjectPreviewPorts;
  #last: Look | null = null;

  constructor(ports: ObjectPreviewPorts) {
    this.#ports = ports;
  }

  /** @throws SandglassError archived, expiry-invalid, account-unknown, or why there are no credentials */
  async preview(asked: ObjectAsked, life: LifeChoice): Promise<LifePreview> {
    const { accounts, clock } = this.#ports;
    const { source } = accounts.dropTarget({ bucket: asked.bucket, prefix: '' });
    const { sessionToken, expiration } = await source.resolve();
    const archive = (await this.#look(asked))?.archive;
    if (archive?.kind === 'archived') throw archived(archive.isComing);
    const restoredUntil = archive?.kind === 'restored' ? archive.until : undefined;
    const plan = planExpiry(life, clock.now(), expiration?.getTime(), restoredUntil);
    const { expiresAt, requestedExpiresAt, limitedBy } = plan;
    const endUncertain = sessionToken !== undefined && expiration === undefined;
    return { expiresAt, requestedExpiresAt, limitedBy, endUncertain };
  }

  /** Null where it does not tell: the link itself is tried before it is given out. */
  #look({ bucket, key, versionId }: ObjectAsked): Promise<ObjectStanding | null> {
    const { accounts, browsing, clock } = this.#ports;
    const destination = accounts.dropTarget({ bucket, prefix: '' });
    const place = JSON.stringify([accountPrint(destination), bucket, key, versionId]);
    const at = clock.now();
    if (this.#last?.place === place && at - this.#last.at < LOOK_AGAIN_MS) return this.#last.standing;
    const standing = browsing.look(destination, key, versionId ?? undefined).catch(() => null);
    this.#last = { place, at, standing };
    return standing;
  }
}

function archived(isComing: boolean): SandglassError {
  return isComing
    ? new SandglassError('archived', 'This object is archived; a copy of it is just being restored.', {
        next: 'That takes minutes to two days. Make the link when the copy is there.',
      })
    : new SandglassError('archived', 'This object is archived: nobody could download it.', {
        next: 'Restore it first, in the provider’s console or with aws s3api restore-object.',
      });
}
