import { basename } from 'node:path';
import { keysOf, type Contender } from './contender.ts';
import { onPath, versionOf } from './programs.ts';

/** `aws s3 cp` with its defaults; null where it is not installed. */
export function awsCli(): Contender | null {
  const program = onPath('aws');
  if (program === null) return null;
  return {
    name: 'AWS CLI',
    version: versionOf(program, '--version').split(' ').slice(0, 2).join(', '),
    oneFile: (path, server, home) => {
      const to = `s3://${server.bucket}/${basename(path)}`;
      const args = ['--endpoint-url', server.endpoint, 's3', 'cp', '--no-progress', path, to];
      return Promise.resolve({ program, args, env: keysOf(server, home) });
    },
    manyFiles: ({ folder }, server, home) => {
      const to = `s3://${server.bucket}/`;
      const args = [
        '--endpoint-url',
        server.endpoint,
        's3',
        'cp',
        '--no-progress',
        '--recursive',
        folder,
        to,
      ];
      return Promise.resolve({ program, args, env: keysOf(server, home) });
    },
  };
}
