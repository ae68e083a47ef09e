import type { WindowWords } from '../../window.ts';

export const preferences: WindowWords['preferences'] = {
  title: 'Einstellungen',
  language: 'Sprache',
  systemLanguage: 'Wie das System',
  launchAtLogin: 'Sandglass beim Anmelden starten',
  launchAtLoginHint: 'Es wartet in der Symbolleiste des Systems, ohne Fenster.',
  shortcut: 'Tasten, die Sandglass von überall öffnen',
  shortcutNone: 'Keine',
  shortcutRecord: 'Aufnehmen …',
  shortcutPress: 'Tasten drücken …',
  shortcutClear: 'Entfernen',
  shortcutHint:
    'Strg, Alt oder Cmd mit einem Buchstaben, einer Ziffer oder einer Funktionstaste halten. Esc lässt es, wie es ist.',
  bandwidth: 'Tempo aller Uploads zusammen',
  bandwidthHint:
    'off für so schnell wie möglich, oder Bytes je Sekunde: 512k, 2M. Oder nach der Uhrzeit: 08:00,512k 19:00,off',
  bandwidthChange: 'Festlegen',
  bandwidthSet: 'Das Tempo ist festgelegt',
  version: (version) => `Sandglass ${version}`,
};
