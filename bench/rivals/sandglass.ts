import { join } from 'node:path';
import type { Command } from '../measured-process.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { BenchServer } from '../servers/bench-server.ts';
import { keysOf, type Contender } from './contender.ts';

/** The command as it is shipped. */
export const SANDGLASS = join(import.meta.dirname, '../../out/main/cli.js');
export const US = 'Sandglass';

/** Sandglass itself: the built command, on the Node.js that runs the bench, with an empty data folder. */
export function sandglass(): Contender {
  return {
    name: US,
    version: `${manifest.version}, Node.js ${process.versions.node}`,
    oneFile: (path, server, home) => Promise.resolve(sharing([path], server, home)),
    manyFiles: ({ paths }, server, home) => Promise.resolve(sharing(paths, server, home)),
  };
}

function sharing(paths: readonly string[], server: BenchServer, home: string): Command {
  return {
    program: process.execPath,
    args: [SANDGLASS, 'share', ...paths, '--bucket', server.bucket, '--json'],
    env: {
      ...keysOf(server, home),
      AWS_ENDPOINT_URL: server.endpoint,
      SANDGLASS_DATA_DIR: join(home, 'data'),
    },
  };
}
