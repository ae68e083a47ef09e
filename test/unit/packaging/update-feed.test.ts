import { describe, expect, it } from 'vitest';
import { joinedFeed } from '../../../scripts/packaging/update-feed.ts';

const feed = (arch: string, version = '1.2.0') => `version: ${version}
files:
  - url: Sandglass-${version}-${arch}.zip
    sha512: ${arch}$&
    size: 100
path: Sandglass-${version}-${arch}.zip
sha512: ${arch}$&
releaseDate: '2026-12-01T00:00:00.000Z'
`;

describe('the feed of updates for macOS', () => {
  it('names the files for both kinds of Mac, letter for letter', () => {
    expect(joinedFeed([feed('arm64'), feed('x64')])).toBe(`version: 1.2.0
files:
  - url: Sandglass-1.2.0-arm64.zip
    sha512: arm64$&
    size: 100
  - url: Sandglass-1.2.0-x64.zip
    sha512: x64$&
    size: 100
path: Sandglass-1.2.0-arm64.zip
sha512: arm64$&
releaseDate: '2026-12-01T00:00:00.000Z'
`);
  });

  it('is never made of two versions, nor of anything else', () => {
    expect(() => joinedFeed([feed('arm64'), feed('x64', '1.1.0')])).toThrow(
      'different versions: 1.2.0, 1.1.0',
    );
    expect(() => joinedFeed([feed('arm64'), '<html>'])).toThrow('no feed');
    expect(() => joinedFeed([])).toThrow('no feed');
  });
});
