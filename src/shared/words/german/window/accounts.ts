import type { WindowWords } from '../../window.ts';

export const accounts: WindowWords['accounts'] = {
  switcher: 'Konto',
  none: 'Kein Bucket verbunden',
  another: 'Weiteres verbinden …',
  remove: (name) => `${name} entfernen …`,
  removeTitle: (name) => `${name} entfernen?`,
  removeBody:
    'Die Schlüssel werden auf diesem Computer vergessen. Was damit geteilt wurde, bleibt im Bucket, und die Links ' +
    'gelten bis zu ihrem Ende; Sandglass kann sie nicht mehr kopieren oder widerrufen.',
  removeUploads: (names) =>
    `Laufende Uploads des Kontos gehen weiter, solange Sandglass läuft, und sind danach nicht mehr fortzusetzen: ${names}.`,
  removeConfirm: 'Entfernen',
  renew: (name) => `Schlüssel von ${name} neu eingeben …`,
  renewHere: 'Schlüssel neu eingeben …',
  renewTitle: (name) => `Die Schlüssel von ${name}`,
  renewHint:
    'Das Konto bleibt, wie es ist. Links, die ein anderer Schlüssel signiert hat, gelten weiter, lassen sich aber nicht mehr kopieren.',
  renewConfirm: 'Diese Schlüssel behalten',
  renewed: (name) => `${name} hat seine Schlüssel`,
};

export const connect: WindowWords['connect'] = {
  title: 'Bucket verbinden',
  hint: 'Dateien gehen direkt in den eigenen Speicher; niemand steht dazwischen.',
  provider: 'Wo liegt der Bucket?',
  providers: {
    aws: 'Amazon S3',
    r2: 'Cloudflare R2',
    b2: 'Backblaze B2',
    wasabi: 'Wasabi',
    spaces: 'DigitalOcean Spaces',
    custom: 'MinIO, Ceph, andere',
  },
  keys: 'Welche Schlüssel?',
  keysPair: 'Ein Schlüsselpaar',
  keysProfile: 'Ein Profil dieses Computers',
  profile: 'Profil',
  accessKeyId: 'Zugriffsschlüssel-ID',
  secret: 'Geheimer Zugriffsschlüssel',
  secretHint: {
    keychain: 'Wird im Schlüsselbund aufbewahrt und sonst nirgends.',
    memory: 'Wird aufbewahrt, bis Sandglass endet.',
  },
  accountId: 'Konto-ID',
  accountIdHint: 'Im Cloudflare-Dashboard unter R2; oder die ganze Adresse der S3-API, die dort steht.',
  region: 'Region',
  optionalRegion: 'Region, falls bekannt',
  example: (text) => `zum Beispiel ${text}`,
  endpoint: 'Endpunkt',
  pathStyle: 'Bucket im Pfad (die meisten MinIO- und Ceph-Server)',
  bucket: 'Bucket',
  findBuckets: 'Suchen',
  findBucketsLong: 'Die Buckets dieser Schlüssel suchen',
  bucketsFound: (count) =>
    count === 0
      ? 'Diese Schlüssel haben noch keinen Bucket.'
      : `${count} gefunden: einen wählen oder einen Namen eingeben.`,
  bucketsHidden: 'Diese Schlüssel dürfen Buckets nicht auflisten; den Namen eingeben.',
  prefix: 'Ordner im Bucket, falls gewünscht',
  name: 'Name dieses Kontos',
  more: 'Mehr',
  advanced: 'Erweitert',
  reach: 'Wie Amazon S3 erreicht wird',
  variants: {
    accelerate: 'Über den nächsten Edge-Standort (Transfer Acceleration)',
    dualstack: 'Über IPv6 ebenso wie IPv4 (Dual-Stack)',
    fips: 'Mit geprüfter Kryptografie (FIPS 140)',
  },
  variantHints: {
    accelerate: 'Sie muss im Bucket eingeschaltet sein, und sein Name darf keine Punkte haben.',
    dualstack: 'In jeder Region.',
    fips: 'Nur in nordamerikanischen Regionen.',
  },
  variantsClash: 'Transfer Acceleration hat keinen FIPS-Endpunkt: eines von beiden wählen.',
  test: 'Testen',
  testing: 'Wird getestet …',
  connect: 'Verbinden',
  connecting: 'Wird verbunden …',
  steps: 'Was versucht wurde',
  stepNames: {
    put: 'Eine kleine Datei hochladen',
    'open-link': 'Ihren Link öffnen',
    delete: 'Sie löschen',
    'begin-multipart': 'Einen großen Upload beginnen',
    'abort-multipart': 'Ihn abbrechen',
  },
  stepWorked: 'gelungen',
  stepFailed: 'gescheitert',
  stepDenied: (permission) => `gescheitert; braucht ${permission}`,
  allWorked: 'Alles ist gelungen.',
  leaveTitle: 'Ohne Verbindung verlassen?',
  leaveBody: 'Das Eingegebene bleibt hier stehen, bis Sandglass endet, außer dem geheimen Zugriffsschlüssel.',
  leave: 'Verlassen',
  stay: 'Weitermachen',
};
