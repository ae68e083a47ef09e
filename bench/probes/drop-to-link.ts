/** Times `Sharing.share` from the call to the link, in milliseconds, over files of 1 byte to 100 GiB. */
import { join } from 'node:path';
import { quantile } from '../statistics.ts';
import { sparseFile } from '../test-files.ts';
import { openRooms, probeCall, tell } from './rooms.ts';

const LARGEST_BYTES = 100 * 1024 ** 3;

const call = probeCall();
const shares = Number(call.rest[0]);
const { rooms, destination, options } = await openRooms(call);

/** From 1 byte to the largest in steps of the same ratio. */
function bytesOf(n: number): number {
  return Math.round(LARGEST_BYTES ** (n / (shares - 1)));
}

const paths: string[] = [];
for (let n = 0; n < shares; n++) paths.push(await sparseFile(call.folder, `file-${n}.bin`, bytesOf(n)));
// The first share asks for the bucket's region; it is remembered from then on.
await rooms.sharing.share(join(call.folder, 'file-0.bin'), destination, options);
const times: number[] = [];
for (const path of paths) {
  const start = performance.now();
  await rooms.sharing.share(path, destination, options);
  times.push(performance.now() - start);
}
tell({ p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: Math.max(...times) });
// The files of all these shares are open still, and nothing is to be sent.
process.exit();
