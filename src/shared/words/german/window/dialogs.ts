import type { WindowWords } from '../../window.ts';

export const extend: WindowWords['extend'] = {
  title: (name) => `Ein neuer Link zu ${name}`,
  hint:
    'Der schon verteilte Link behält sein eigenes Ende; ein neuer verkürzt ihn nicht. Früher endet er nur, wenn die ' +
    'Datei gelöscht oder verschoben oder der Schlüssel ersetzt wird, der ihn signiert hat.',
  confirm: 'Neuen Link kopieren',
};

export const revoke: WindowWords['revoke'] = {
  title: (name) => `${name} widerrufen?`,
  body: (key, bucket) =>
    `Das löscht „${key}“ aus dem Bucket „${bucket}“. Alle Links dazu enden, auch die mit „Neuer Link“ erstellten. ` +
    'Es lässt sich nicht rückgängig machen. Bewahrt der Bucket Versionen, wird die Datei nur verborgen: Links ' +
    'dazu enden, ihr Inhalt bleibt.',
  stillInvited: (end) =>
    `Wer eingeladen wurde, kann sie bis ${end} noch einmal hochladen; schon verteilte Links dazu gelten dann wieder.`,
  confirm: 'Löschen und widerrufen',
};

export const details: WindowWords['details'] = {
  title: 'Details',
  bucket: 'Bucket',
  key: 'Schlüssel',
  region: 'Region',
  endpoint: 'Endpunkt',
  defaultEndpoint: 'Amazon S3',
  origin: 'Signiert mit',
  size: 'Größe',
  signed: 'Signiert',
  asked: 'Gewünschtes Ende',
  ends: 'Ende',
  limit: 'Begrenzt durch',
  limits: {
    credentials: 'Das Ende der Anmeldung, die ihn signiert hat',
    maximum: 'Die 7 Tage, die ein Link höchstens gilt',
    restore: 'Das Ende der Kopie, die aus dem Archiv wiederhergestellt wurde',
    none: 'Nichts: Er endet wie gewünscht',
  },
  state: 'Stand',
  advice: 'Was zu tun ist',
};
