/** Uploads one file flat out in this process, and tells how late the event loop was meanwhile, in milliseconds. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openRooms, probeCall, tell } from './rooms.ts';

const NANOSECONDS = 1_000_000;
/** The histogram holds the time between two beats of this many milliseconds; what is above it is delay. */
const BEAT_MS = 1;

const call = probeCall();
const { rooms, destination, options } = await openRooms(call);
const share = await rooms.sharing.share(call.rest[0] ?? '', destination, options);
const delay = monitorEventLoopDelay({ resolution: BEAT_MS });
delay.enable();
const start = performance.now();
await share.upload();
delay.disable();
const seconds = (performance.now() - start) / 1_000;

const late = (nanoseconds: number): number => Math.max(0, nanoseconds / NANOSECONDS - BEAT_MS);
tell({ p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max), seconds });
await rooms.close();
