import { describe, expect, it } from 'vitest';
import { installerArguments } from '../../../scripts/packaging/installers.ts';

const FOLDERS = { electron: '/electron', output: '/dist' };

describe('making installers', () => {
  it('publishes nothing by itself, and names no place of updates unless one is given', () => {
    const args = installerArguments(FOLDERS);
    expect(args.join(' ')).toContain('--publish never');
    expect(args.filter((argument) => argument.includes('publish.'))).toEqual([]);
  });

  it('has the app update itself from the repository that is given', () => {
    const args = installerArguments({
      ...FOLDERS,
      targets: ['--linux', 'deb'],
      updatesFrom: 'ada/sandglass',
    });
    expect(args).toEqual(
      expect.arrayContaining([
        'deb',
        '-c.publish.provider=github',
        '-c.publish.owner=ada',
        '-c.publish.repo=sandglass',
      ]),
    );
  });

  it('is refused for a repository that cannot be one', () => {
    for (const updatesFrom of ['', 'sandglass', 'ada/sand glass', 'https://github.com/ada/sandglass']) {
      expect(() => installerArguments({ ...FOLDERS, updatesFrom })).toThrow('no owner/name');
    }
  });
});
