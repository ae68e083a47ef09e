import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

const keyPair = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

const accessSchema = keyPair.extend({
  endpoint: z.url(),
  /** A role that the owner may assume with STS for 900 seconds or more; it may do everything on S3. */
  roleArn: z.string(),
  /** Somebody who owns nothing, may create nothing, and is refused everywhere. */
  limited: keyPair,
});

/** Where a running gateway is, and the keys of the owner of its buckets. */
export type CephRgwAccess = Readonly<z.infer<typeof accessSchema>>;

export interface CephRgw extends CephRgwAccess {
  /** Ends the gateway and forgets all that was stored. May be called twice. */
  readonly stop: () => Promise<void>;
}

const SCRIPT = join(import.meta.dirname, 'ceph-rgw.sh');
const PROGRAMS = [
  'radosgw',
  'radosgw-admin',
  'ceph',
  'ceph-mon',
  'ceph-osd',
  'monmaptool',
  'flock',
  'setsid',
  'curl',
];

/** Whether this machine has what it takes: the packages radosgw, ceph-mon, ceph-osd and ceph-common. */
export function cephRgwIsInstalled(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return PROGRAMS.every((program) => folders.some((folder) => isExecutable(join(folder, program))));
}

/**
 * Starts Ceph's gateway with its store in memory; it takes about 15 seconds. It ends with `stop`, and at the
 * latest with this process, however that ends: the script runs only as long as the pipe to it is open.
 * @throws Error where it does not come up
 */
export async function startCephRgw(): Promise<CephRgw> {
  // In a process group of its own, so that Ctrl-C on the terminal does not hit the script while it clears up.
  const script = spawn('bash', [SCRIPT, 'run'], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => script.once('exit', resolve));
  const access = await readyLine(script, ended);
  const stop = async (): Promise<void> => {
    script.stdin.end();
    await ended;
  };
  return { ...access, stop };
}

async function readyLine(
  script: ChildProcessByStdio<Writable, Readable, null>,
  ended: Promise<number | null>,
): Promise<CephRgwAccess> {
  const lines = createInterface({ input: script.stdout });
  const ready = new Promise<CephRgwAccess>((resolve) => {
    lines.on('line', (line) => {
      if (line.startsWith('READY ')) resolve(accessSchema.parse(JSON.parse(line.slice('READY '.length))));
    });
  });
  const failed = ended.then((status): never => {
    throw new Error(`Ceph RGW did not start (exit status ${status ?? 'none'}); the reason is printed above.`);
  });
  return Promise.race([ready, failed]);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
