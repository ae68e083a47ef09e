import type { Sentences } from '../../sentences.ts';

/** What is said of accounts, their keys and where those are kept. */
export const germanKeySentences: Sentences = {
  // Whose keys signed.
  'the account “<name>”': 'Konto „<name>“',
  'the profile “<name>”': 'Profil „<name>“',
  'the environment': 'Umgebungsvariablen',
  'this machine’s role': 'Rolle dieses Rechners',

  'The credentials from <<origin>> have ended.': 'Die Zugangsdaten sind abgelaufen (<<origin>>).',
  'The sign-in behind <<origin>> has ended.': 'Die Anmeldung ist abgelaufen (<<origin>>).',
  'Sign in again: aws sso login --profile <name>.': 'Neu anmelden: aws sso login --profile <name>.',
  'Renew the token.': 'Das Token erneuern.',
  'There are no usable credentials in <<origin>>.':
    'Hier gibt es keine brauchbaren Zugangsdaten: <<origin>>.',
  'Check the profile in ~/.aws: aws sts get-caller-identity --profile <name> should answer.':
    'Das Profil in ~/.aws prüfen: aws sts get-caller-identity --profile <name> sollte antworten.',
  'Name a profile with --profile or an account with --account, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.':
    'Ein Profil mit --profile oder ein Konto mit --account nennen oder AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY setzen.',
  'The keychain holds no keys for the account “<name>”.':
    'Der Schlüsselbund enthält keine Schlüssel für das Konto „<name>“.',
  'Enter them again.': 'Sie noch einmal eingeben.',
  'This is no access key id: it holds spaces or characters that no server takes.':
    'Das ist keine Zugriffsschlüssel-ID: Sie enthält Leerzeichen oder Zeichen, die kein Server annimmt.',
  'Copy it again, without what stands around it.':
    'Sie noch einmal kopieren, ohne das, was darum herum steht.',
  'No region is called this.': 'So heißt keine Region.',
  'Take it as your provider writes it, such as eu-central-1.':
    'Sie so übernehmen, wie der Anbieter sie schreibt, etwa eu-central-1.',
  'The keys of “<name>” come from a profile of this computer.':
    'Die Schlüssel von „<name>“ stammen aus einem Profil dieses Computers.',
  'Change them in ~/.aws.': 'Sie in ~/.aws ändern.',

  'The keychain is locked, or has never been set up.':
    'Der Schlüsselbund ist gesperrt oder wurde nie eingerichtet.',
  'Unlock your login keyring (answer its prompt, or open “Passwords and Keys” on the desktop) and try again.':
    'Den Schlüsselbund der Anmeldung entsperren (seine Abfrage beantworten oder „Passwörter und Verschlüsselung“ öffnen) und noch einmal versuchen.',
  'Unlock it in Keychain Access, or with `security unlock-keychain` in a remote session, and try again.':
    'Ihn in der Schlüsselbundverwaltung entsperren oder mit `security unlock-keychain` in einer Fernsitzung, und noch einmal versuchen.',
  'Log in to Windows with your password, at its desktop rather than from a service, and try again.':
    'Bei Windows mit dem Passwort anmelden, am Desktop statt aus einem Dienst, und noch einmal versuchen.',
  'The keychain gave no answer within <seconds> s.':
    'Der Schlüsselbund hat innerhalb von <seconds> s nicht geantwortet.',
  'No keyring answers on this session’s D-Bus.': 'Am D-Bus dieser Sitzung antwortet kein Schlüsselbund.',
  'There is no D-Bus session here, so no keyring can be reached.':
    'Hier gibt es keine D-Bus-Sitzung, also ist kein Schlüsselbund erreichbar.',
  'This user has no keychain.': 'Dieser Benutzer hat keinen Schlüsselbund.',
  'The part of Sandglass that speaks to the keychain could not be loaded.':
    'Der Teil von Sandglass, der mit dem Schlüsselbund spricht, konnte nicht geladen werden.',
  '<<install>> Until then, use a profile from ~/.aws or the AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY variables.':
    '<<install>> Bis dahin ein Profil aus ~/.aws oder die Variablen AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY verwenden.',
  'Install Sandglass again.': 'Sandglass neu installieren.',
  'Install a keyring such as gnome-keyring or KWallet, and log in again.':
    'Einen Schlüsselbund wie gnome-keyring oder KWallet installieren und neu anmelden.',
  'Install libsecret (libsecret-1-0 on Debian and Ubuntu, libsecret elsewhere), then Sandglass again.':
    'libsecret installieren (libsecret-1-0 bei Debian und Ubuntu, sonst libsecret), dann Sandglass neu.',
  'Make a default keychain in Keychain Access.':
    'In der Schlüsselbundverwaltung einen Standard-Schlüsselbund anlegen.',
  'Run Sandglass from a desktop session, or under dbus-run-session with a keyring.':
    'Sandglass in einer Desktop-Sitzung starten oder unter dbus-run-session mit einem Schlüsselbund.',
  'An account needs a name, and a name has no NUL in it.':
    'Ein Konto braucht einen Namen, und ein Name enthält kein NUL.',
  'Give the account another name.': 'Dem Konto einen anderen Namen geben.',
  'What the keychain holds for “<name>” is not a key pair.':
    'Was der Schlüsselbund für „<name>“ enthält, ist kein Schlüsselpaar.',
  'Remove the account, then add it again.': 'Das Konto entfernen, dann neu hinzufügen.',
  'This key pair is too long for a keychain (<size> bytes).':
    'Dieses Schlüsselpaar ist zu lang für einen Schlüsselbund (<size> Bytes).',
  'Check that only the two keys were pasted: together they may take <most> bytes.':
    'Prüfen, ob nur die beiden Schlüssel eingefügt wurden: Zusammen dürfen sie <most> Bytes haben.',
  'The keychain does not open the keys of this account.':
    'Der Schlüsselbund öffnet die Schlüssel dieses Kontos nicht.',
  'Unlock the keychain and try again, or connect the account anew.':
    'Den Schlüsselbund entsperren und noch einmal versuchen oder das Konto neu verbinden.',
  'There is no keychain that could seal the keys.': 'Kein Schlüsselbund kann die Schlüssel versiegeln.',
  'Keys are kept until Sandglass quits; or use a profile of ~/.aws.':
    'Schlüssel bleiben, bis Sandglass endet; oder ein Profil aus ~/.aws verwenden.',

  'There is no account “<name>”.': 'Es gibt kein Konto „<name>“.',
  'Choose another, or connect it.': 'Ein anderes wählen oder es verbinden.',
  'An account cannot have this name.': 'Ein Konto kann nicht so heißen.',
  'Take up to 64 letters, digits, spaces, dots or dashes, beginning with a letter or a digit.':
    'Bis zu 64 Buchstaben, Ziffern, Leerzeichen, Punkte oder Striche, mit einem Buchstaben oder einer Ziffer am Anfang.',
  'This account cannot be saved: <complaint>.': 'Dieses Konto kann nicht gespeichert werden: <complaint>.',
  'Check the endpoint (http:// or https://…), the region and the bucket’s name.':
    'Den Endpunkt (http:// oder https://…), die Region und den Namen des Buckets prüfen.',
  'There is an account “<name>” already.': 'Ein Konto „<name>“ gibt es schon.',
  'Choose another name, or remove that account first.':
    'Einen anderen Namen wählen oder zuerst jenes Konto entfernen.',
  'The process outlived its own end.': 'Der Prozess hat sein eigenes Ende überlebt.',
  'No bucket is named.': 'Kein Bucket ist genannt.',
  'Name the bucket to share from.': 'Den Bucket nennen, aus dem geteilt wird.',
  'No bucket is connected yet.': 'Noch ist kein Bucket verbunden.',
  'Connect one first.': 'Zuerst einen verbinden.',
  'Another account is chosen than the one that was shown.':
    'Ein anderes Konto ist gewählt als das, das zu sehen war.',
  'Nothing was changed. Look again, then decide.':
    'Nichts wurde geändert. Noch einmal ansehen, dann entscheiden.',

  'settings.json cannot be read.': 'settings.json ist nicht lesbar.',
  'settings.json is not JSON.': 'settings.json ist kein JSON.',
  'settings.json unknown shape.': 'settings.json hat eine unbekannte Form.',
  'settings.json <place>: <complaint>.': 'settings.json, <place>: <complaint>.',
  'Mend it, or move it out of Sandglass’s data folder to begin with the defaults.':
    'Sie reparieren oder aus dem Datenordner von Sandglass verschieben, um mit den Vorgaben zu beginnen.',
  'The settings cannot be written: the disk is full or refuses it.':
    'Die Einstellungen können nicht geschrieben werden: Der Datenträger ist voll oder verweigert es.',
  'Free some space, or point SANDGLASS_DATA_DIR at a folder that you may write.':
    'Platz schaffen oder SANDGLASS_DATA_DIR auf einen beschreibbaren Ordner richten.',
};
