import type { WindowWords } from '../../window.ts';

export const shares: WindowWords['shares'] = {
  title: 'Freigaben',
  search: 'Freigaben suchen',
  clearSearch: 'Suche leeren',
  count: (count, written) => (count === 1 ? '1 Freigabe' : `${written} Freigaben`),
  nothingFound: (search) => `Keine Freigabe heißt ähnlich wie „${search}“`,
  reading: 'Wird gelesen …',
  more: (name) => `Alle Aktionen für ${name}`,
};

export const standing: WindowWords['standing'] = {
  copiedEarly: 'kopiert; funktioniert nach dem Upload',
  progress: (name) => `Upload von ${name}`,
  worksLater: 'Der Link funktioniert nach dem Upload',
  restarted: 'Der Server hatte es verloren, daher wird es neu gesendet',
  waits: 'wartet auf seine Reihe',
  starting: 'beginnt …',
  finishing: 'wird abgeschlossen …',
  paused: 'Angehalten',
  pausedBecause: (why) => `Angehalten: ${why}`,
  interrupted: 'Unterbrochen; noch nicht im Bucket',
  works: 'Der Link funktioniert',
  dead: (why) => `Der Link funktioniert nicht: ${why}`,
  ended: (when) => `Abgelaufen seit ${when}`,
  failed: 'Der Upload ist gescheitert',
  failedBecause: (why) => why,
  cancelled: 'Abgebrochen',
  revoked: 'Widerrufen: Die Datei ist gelöscht',
  awaited: {
    waits: { put: 'Wartet auf einen Upload', form: 'Nimmt Uploads an' },
    who: {
      put: (end) => `Wer den Link hat, kann bis ${end} hochladen`,
      form: (end) => `Wer das Formular hat, kann bis ${end} hochladen`,
    },
    ended: {
      put: (when) => `Upload-Link abgelaufen seit ${when}; kein Upload war zu sehen`,
      form: (when) => `Upload-Formular abgelaufen seit ${when}`,
    },
    unseen: (why) => `Ob es angekommen ist, ist nicht zu sehen: ${why}`,
  },
  limitedBy: {
    credentials: 'endet mit der Anmeldung',
    maximum: 'endet nach den 7 Tagen, die Links höchstens gelten',
    restore: 'endet, wenn die wiederhergestellte Kopie verschwindet',
  },
};

export const actions: WindowWords['actions'] = {
  copy: 'Link kopieren',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  cancel: 'Upload abbrechen',
  retry: 'Noch einmal versuchen',
  extend: 'Neuer Link …',
  revoke: 'Widerrufen …',
  details: 'Details',
  look: 'Jetzt nachsehen',
  show: 'Zeigen, wie hochgeladen wird …',
  invite: 'Neue Einladung …',
  forsake: 'Nicht mehr warten',
  keys: { enter: 'Eingabe', space: 'Leertaste', delete: 'Entf' },
};

export const told: WindowWords['told'] = {
  started: (count) =>
    count === 1
      ? 'Link kopiert; funktioniert nach dem Upload'
      : `${count} Links kopiert; jeder funktioniert nach seinem Upload`,
  running: (name) => `${name} wird schon gesendet; der Link ist noch einmal kopiert`,
  sendAnyway: 'Trotzdem senden',
  sendingAgain: (name) => `${name} wird noch einmal gesendet; der Link bleibt derselbe`,
  copied: 'Link kopiert',
  extended: (end) => `Neuer Link kopiert; er gilt bis ${end}`,
  revoked: (name) => `${name} ist gelöscht; die Links dazu sind tot`,
  cancelled: (name) => `Der Upload von ${name} ist abgebrochen`,
  arrived: (count) => (count === 1 ? 'Es ist angekommen' : `${count} Dateien sind angekommen`),
  notArrived: 'Nichts Neues ist angekommen',
  forsaken: (name) => `Auf ${name} wird nicht mehr gewartet`,
  forsakenOpen: (name, end) =>
    `Auf ${name} wird nicht mehr gewartet; wer eingeladen wurde, kann noch bis ${end} hochladen`,
  connected: (name) => `${name} ist verbunden`,
  removed: (name) => `${name} ist entfernt`,
  refused: (name, why) => `${name}: ${why}`,
  notShared: (count, written) =>
    count === 1 ? 'Eine Datei wurde nicht geteilt' : `${written} Dateien wurden nicht geteilt`,
  andMore: (written) => `und ${written} weitere`,
  partly: (name: string, percent: number) => `${name}: ${percent} % hochgeladen`,
  isUp: (name: string) => `${name} ist hochgeladen`,
  areUp: (written: string) => `${written} Dateien sind hochgeladen`,
  endsSoon: (name: string, time: string) => `Der Link zu ${name} endet in ${time}`,
  endSoon: (written: string) => `${written} Links enden in den nächsten 5 Minuten`,
  hasEnded: (name: string) => `Der Link zu ${name} ist abgelaufen`,
  haveEnded: (written: string) => `${written} Links sind abgelaufen`,
  dismiss: 'Ausblenden',
  region: 'Meldungen',
};
