/**
 * fpm's part for Debian packages, by Debian's own dpkg-deb. electron-builder makes its .deb with fpm, which it downloads;
 * where that cannot be had, this takes the same command line, so that what is packed, and as what, is electron-builder's own
 * doing. An option that it does not know is an error: nothing is left out in silence.
 * https://fpm.readthedocs.io/en/latest/cli-reference.html
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    d: { type: 'string', short: 'd', multiple: true, default: [] },
    force: { type: 'boolean' },
    architecture: { type: 'string', default: '' },
    'after-install': { type: 'string', default: '' },
    'after-remove': { type: 'string', default: '' },
    description: { type: 'string', default: '' },
    version: { type: 'string', default: '' },
    package: { type: 'string', default: '' },
    name: { type: 'string', default: '' },
    maintainer: { type: 'string', default: '' },
    vendor: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    license: { type: 'string', default: '' },
    'deb-priority': { type: 'string', default: '' },
    'deb-compression': { type: 'string', default: '' },
    'deb-recommends': { type: 'string', multiple: true, default: [] },
  },
});
if (values.s !== 'dir' || values.t !== 'deb') throw new Error('Only a .deb is made here, from files.');

/** https://www.debian.org/doc/debian-policy/ch-controlfields.html */
const CONTROL = {
  Package: values.name,
  Version: values.version,
  Architecture: values.architecture,
  Maintainer: values.maintainer,
  Depends: values.d.join(', '),
  Recommends: values['deb-recommends'].join(', '),
  Section: 'default',
  Priority: values['deb-priority'],
  Homepage: values.url,
  Description: values.description.trim(),
};

const root = mkdtempSync(join(tmpdir(), 'sandglass-deb-'));
try {
  chmodSync(root, 0o755);
  for (const pair of positionals) {
    const [from = '', to = ''] = pair.split('=');
    mkdirSync(join(root, dirname(to)), { recursive: true });
    cpSync(from, join(root, to), { recursive: true, verbatimSymlinks: true });
  }
  mkdirSync(join(root, 'DEBIAN'));
  const fields = Object.entries(CONTROL).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(root, 'DEBIAN/control'), fields.join(''));
  cpSync(values['after-install'], join(root, 'DEBIAN/postinst'));
  cpSync(values['after-remove'], join(root, 'DEBIAN/postrm'));
  for (const script of ['postinst', 'postrm']) chmodSync(join(root, 'DEBIAN', script), 0o755);
  const compression = `-Z${values['deb-compression']}`;
  const build = ['--root-owner-group', compression, '--build', root, values.package];
  process.exitCode = spawnSync('dpkg-deb', build, { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(root, { recursive: true });
}
