import { createHash } from 'node:crypto';
import { SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import { BucketAccess } from '../signing/bucket-access.ts';
import { listFolder } from '../signing/bucket-folder.ts';
import type { ObjectHead } from '../signing/bucket-object.ts';
import { linkFields, newRecord } from './destination.ts';
import { awaitedNoMore, isAwaited, type AwaitedRecord } from './invitations.ts';
import { linkOf, type Link } from './link.ts';
import type { LinkPorts } from './links.ts';
import { recipientHeaders } from './object-headers.ts';
import { headOf, NOTHING_SENT } from './uploaded-object.ts';

/** Finds what others have uploaded, and makes shares of it. */
export class Arrivals {
  readonly #ports: Pick<LinkPorts, 'shelf' | 'clock' | 'sourceOf'>;

  constructor(ports: Pick<LinkPorts, 'shelf' | 'clock' | 'sourceOf'>) {
    this.#ports = ports;
  }

  /**
   * Looks whether what is awaited has arrived, and makes a share of it: an object that was awaited under its key
   * becomes live itself; each file that came by a form becomes a share of its own, while the form awaits more.
   * Yields links to what is new; none where nothing is.
   * @param linkLife instead of the life that was chosen with the invitation
   * @throws SandglassError share-not-live where nothing is awaited, access-denied, unreachable, expiry-invalid
   */
  async of(id: string, linkLife?: RequestedLife): Promise<Link[]> {
    const { shelf, clock, sourceOf } = this.#ports;
    const record = shelf.find(id);
    if (!isAwaited(record)) throw awaitedNoMore(record);
    const access = new BucketAccess(record.location, sourceOf(record.origin), clock);
    const life = linkLife ?? record.invitation.linkLife;
    return record.invitation.way === 'put'
      ? this.#object(record, access, life)
      : this.#files(record, access, life);
  }

  async #object(record: AwaitedRecord, access: BucketAccess, life: RequestedLife): Promise<Link[]> {
    const head = await headOf(access, record.key);
    if (head === null || wasThereBefore(head, record)) return [];
    const { size } = head;
    const overrides = savedAs(record.name);
    const signed = await access.link(record.key, life, overrides);
    const live = { ...record, ...linkFields(signed), size, status: 'live', overrides } as const;
    if (!this.#ports.shelf.setAwaited(live)) throw awaitedNoMore(record);
    return [linkOf(live, signed.url, signed.endUncertain)];
  }

  async #files(record: AwaitedRecord, access: BucketAccess, life: RequestedLife): Promise<Link[]> {
    const { shelf, sourceOf } = this.#ports;
    const links: Link[] = [];
    for (const { key, size } of await listFolder(() => access.client(), access.location.bucket, record.key)) {
      const id = idOfFile(record.id, key);
      if (this.#isKnown(id)) continue;
      const name = key.slice(record.key.length);
      const overrides = savedAs(name);
      const signed = await access.link(key, life, overrides);
      const thing = { ...NOTHING_SENT, name, key, size, status: 'live', overrides } as const;
      const file = { ...newRecord(thing, access, sourceOf(record.origin), signed), id };
      shelf.add(file);
      links.push(linkOf(file, signed.url, signed.endUncertain));
    }
    return links;
  }

  #isKnown(id: string): boolean {
    try {
      this.#ports.shelf.find(id);
      return true;
    } catch (error) {
      if (error instanceof SandglassError && error.code === 'share-unknown') return false;
      throw error;
    }
  }
}

/** Whether this is still what lay under the key when the invitation was made. */
export function wasThereBefore(
  { etag, modifiedAt }: ObjectHead,
  { invitation, sharedAt }: AwaitedRecord,
): boolean {
  if (invitation.way === 'form' || invitation.replaces === undefined) return false;
  const { replaces } = invitation;
  // Servers tell the moment of an upload in whole seconds, cut off.
  if (replaces === 'unseen') return modifiedAt !== undefined && modifiedAt < sharedAt - (sharedAt % 1000);
  return etag === replaces.etag && modifiedAt === replaces.modifiedAt;
}

/** What a stranger uploaded is saved, not shown: a page of theirs would else run where the bucket's others do. */
function savedAs(name: string) {
  return { contentDisposition: recipientHeaders(name.split('/').at(-1) ?? name).contentDisposition };
}

/** The same file of the same form is the same share, whoever finds it first. */
function idOfFile(formId: string, key: string): string {
  return createHash('sha256').update(`${formId}\n${key}`).digest('hex').slice(0, 10);
}
