import { coreRooms } from '../../src/main/core-rooms.ts';
import { MemoryVault } from '../../src/main/credentials/memory-vault.ts';
import type { Destination } from '../../src/main/share/destination.ts';

/** What a probe is called with: the sink, its bucket, an empty data folder, and the rest. */
export interface ProbeCall {
  readonly endpoint: string;
  readonly bucket: string;
  readonly folder: string;
  readonly rest: readonly string[];
}

export function probeCall(): ProbeCall {
  const [endpoint = '', bucket = '', folder = '', ...rest] = process.argv.slice(2);
  return { endpoint, bucket, folder, rest };
}

/** The rooms as the window and the command have them, and the sink's bucket as a place to share to. */
export async function openRooms({ endpoint, bucket, folder }: ProbeCall) {
  const rooms = await coreRooms(folder, new MemoryVault(), { face: 'app', waitsFor: () => 0 });
  const source = rooms.sourceOf({ kind: 'environment' });
  const destination: Destination = { bucket, endpoint: { url: endpoint }, source };
  const options = {
    life: { kind: 'seconds', seconds: 86_400 },
    keyTemplate: rooms.settings.keyTemplate,
  } as const;
  return { rooms, destination, options };
}

/** Prints what a probe found; a probe says nothing else. */
export function tell(found: Readonly<Record<string, number>>): void {
  process.stdout.write(JSON.stringify(found));
}
