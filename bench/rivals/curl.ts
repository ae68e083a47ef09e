import { basename } from 'node:path';
import { keysOf, type Contender } from './contender.ts';
import { onPath, versionOf } from './programs.ts';

export const CURL = 'curl -T';

/** One plain PUT with nothing around it: what the line gives. Null where curl is not installed. */
export function curl(): Contender | null {
  const program = onPath('curl');
  if (program === null) return null;
  return {
    name: CURL,
    version: versionOf(program, '--version').split(' ').slice(0, 2).join(' '),
    oneFile: async (path, server, home) => {
      const args = ['--silent', '--show-error', '--fail', '-T', path, await server.putUrl(basename(path))];
      return { program, args, env: keysOf(server, home) };
    },
    manyFiles: async (files, server, home) => {
      const puts = files.paths.map(async (path) => ['-T', path, await server.putUrl(basename(path))]);
      const args = ['--silent', '--show-error', '--fail', ...(await Promise.all(puts)).flat()];
      return { program, args, env: keysOf(server, home) };
    },
  };
}
