import type { LifeChoice, LifePreview } from '../../shared/board.ts';
import { planExpiry } from '../../shared/expiry.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { History } from '../history/history.ts';
import type { ServerClock } from '../signing/server-clock.ts';

export interface ExtensionPreviewPorts {
  readonly history: Pick<History, 'find'>;
  readonly clock: ServerClock;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
}

/**
 * What a new link to a share would be if it were signed now, by whoever signed the share, which need not be the account
 * that drops go to. @throws SandglassError share-unknown, expiry-invalid, or why there are no credentials
 */
export async function previewExtension(
  { history, clock, sourceOf }: ExtensionPreviewPorts,
  id: string,
  life: LifeChoice,
): Promise<LifePreview> {
  const { sessionToken, expiration } = await sourceOf(history.find(id).origin).resolve();
  const { expiresAt, requestedExpiresAt, limitedBy } = planExpiry(life, clock.now(), expiration?.getTime());
  const endUncertain = sessionToken !== undefined && expiration === undefined;
  return { expiresAt, requestedExpiresAt, limitedBy, endUncertain };
}
