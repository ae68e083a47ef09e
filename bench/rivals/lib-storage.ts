import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { BenchServer } from '../servers/bench-server.ts';
import type { Command } from '../measured-process.ts';
import { keysOf, type Contender } from './contender.ts';

const SCRIPT = join(import.meta.dirname, 'lib-storage-upload.ts');
const MIB = 1024 ** 2;
/** As Sandglass begins: written down here, so that the bench says what it compared with. */
const PART_BYTES = 8 * MIB;
const CONCURRENCY = 4;
const VERSION = `@aws-sdk/lib-storage ${manifest.devDependencies['@aws-sdk/lib-storage']}`;

/** The SDK's own uploader as its documentation shows it. */
export function libStorage(): Contender {
  return contender('lib-storage', VERSION, []);
}

/** The same with the part size and the concurrency that Sandglass begins with. */
export function tunedLibStorage(): Contender {
  const how = `${PART_BYTES / MIB} MiB × ${CONCURRENCY}`;
  return contender(`lib-storage, ${how}`, VERSION, [String(PART_BYTES), String(CONCURRENCY)]);
}

function contender(name: string, version: string, tuning: readonly string[]): Contender {
  const upload = (paths: readonly string[], server: BenchServer, home: string): Command => ({
    program: process.execPath,
    args: [SCRIPT, server.endpoint, server.bucket, tuning.join(':'), ...paths],
    env: keysOf(server, home),
  });
  return {
    ...{ name, version },
    oneFile: (path, server, home) => Promise.resolve(upload([path], server, home)),
    manyFiles: ({ paths }, server, home) => Promise.resolve(upload(paths, server, home)),
  };
}
