import type { Command } from '../measured-process.ts';
import type { BenchServer } from '../servers/bench-server.ts';

/** Files to be sent with one call, and the folder that holds them and nothing else. */
export interface FileSet {
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Somebody who uploads. Each call gets a home of its own, empty. */
export interface Contender {
  /** As the results call it. */
  readonly name: string;
  readonly version: string;
  oneFile(path: string, server: BenchServer, home: string): Promise<Command>;
  /** Null where there is no such way to this server. */
  manyFiles(files: FileSet, server: BenchServer, home: string): Promise<Command> | null;
}

/** Keys as every AWS tool takes them, and an empty home, so that nobody's own settings have a say. */
export function keysOf(server: BenchServer, home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    AWS_ACCESS_KEY_ID: server.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
    AWS_REGION: server.region,
    AWS_DEFAULT_REGION: server.region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
