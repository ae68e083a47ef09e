import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AutostartEntry, autostartFile } from '../../../src/main/platform/autostart-entry.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sandglass-autostart-'));
});
afterEach(() => rm(home, { recursive: true }));

const entryFor = (...command: string[]) => new AutostartEntry(autostartFile({}, home), command);
const written = () => readFile(join(home, '.config/autostart/sandglass.desktop'), 'utf8');

describe('the entry in the autostart folder', () => {
  it('is where the system looks for it', () => {
    expect(autostartFile({ XDG_CONFIG_HOME: '/conf' }, '/home/ada')).toBe(
      '/conf/autostart/sandglass.desktop',
    );
    expect(autostartFile({}, '/home/ada')).toBe('/home/ada/.config/autostart/sandglass.desktop');
  });

  it('is written, though there was no folder yet, and taken away', async () => {
    const entry = entryFor('/opt/Sandglass/sandglass', '--in-the-tray');
    expect(entry.isOn()).toBe(false);
    entry.set(true);
    expect(entry.isOn()).toBe(true);
    expect((await written()).split('\n')).toEqual(
      expect.arrayContaining([
        '[Desktop Entry]',
        'Type=Application',
        'Exec="/opt/Sandglass/sandglass" "--in-the-tray"',
      ]),
    );
    entry.set(false);
    entry.set(false);
    expect(entry.isOn()).toBe(false);
  });

  it('starts a program whatever signs its path holds', async () => {
    entryFor('/home/ada/my $apps/100% "so`called\\').set(true);
    expect(await written()).toContain('Exec="/home/ada/my \\\\$apps/100%% \\\\"so\\\\`called\\\\\\\\"\n');
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off where a person has switched it off in the system: %s',
    async (line) => {
      const entry = entryFor('/opt/sandglass');
      entry.set(true);
      const text = (await written()).replace('X-GNOME-Autostart-enabled=true', line);
      await writeFile(join(home, '.config/autostart/sandglass.desktop'), text);
      expect(entry.isOn()).toBe(false);
      entry.set(true);
      expect(entry.isOn()).toBe(true);
    },
  );

  it('that cannot be written is told', async () => {
    await mkdir(join(home, '.config'));
    await writeFile(join(home, '.config/autostart'), 'a file in the folder’s place');
    expect(() => {
      entryFor('/opt/sandglass').set(true);
    }).toThrow(expect.objectContaining({ code: 'disk-full' }) as Error);
  });
});
