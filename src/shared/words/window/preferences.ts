/** The preferences. */
export const preferences = {
  title: 'Preferences',
  language: 'Language',
  systemLanguage: 'As the system',
  launchAtLogin: 'Start Sandglass when I log in',
  launchAtLoginHint: 'It waits in the tray, without a window.',
  shortcut: 'Keys that open Sandglass from anywhere',
  shortcutNone: 'None',
  shortcutRecord: 'Record…',
  shortcutPress: 'Press the keys…',
  shortcutClear: 'Remove',
  shortcutHint: 'Hold Ctrl, Alt or Cmd with a letter, a digit or a function key. Esc leaves it as it is.',
  bandwidth: 'Speed of all uploads together',
  bandwidthHint:
    'off for as fast as it goes, or bytes a second: 512k, 2M. Or by the time of day: 08:00,512k 19:00,off',
  bandwidthChange: 'Set',
  bandwidthSet: 'The speed is set',
  version: (version: string) => `Sandglass ${version}`,
};
