import { basename } from 'node:path';
import type { BenchServer } from '../servers/bench-server.ts';
import { keysOf, type Contender } from './contender.ts';
import { onPath, versionOf } from './programs.ts';

/** `rclone copy` with its defaults; null where it is not installed. */
export function rclone(): Contender | null {
  const program = onPath('rclone');
  if (program === null) return null;
  return {
    name: 'rclone',
    version: versionOf(program, 'version'),
    oneFile: (path, server, home) => {
      const args = ['copyto', path, `bench:${server.bucket}/${basename(path)}`];
      return Promise.resolve({ program, args, env: remoteOf(server, home) });
    },
    manyFiles: ({ folder }, server, home) => {
      const args = ['copy', folder, `bench:${server.bucket}`];
      return Promise.resolve({ program, args, env: remoteOf(server, home) });
    },
  };
}

/** A remote named `bench`, from the environment: https://rclone.org/docs/#environment-variables */
function remoteOf(server: BenchServer, home: string): Record<string, string> {
  return {
    ...keysOf(server, home),
    RCLONE_CONFIG_BENCH_TYPE: 's3',
    RCLONE_CONFIG_BENCH_PROVIDER: server.rcloneProvider,
    RCLONE_CONFIG_BENCH_ENDPOINT: server.endpoint,
    RCLONE_CONFIG_BENCH_REGION: server.region,
    RCLONE_CONFIG_BENCH_ENV_AUTH: 'true',
  };
}
