import type { Sentences } from '../../sentences.ts';

/** What is said of files, uploads, their shares and the server's answers. */
export const germanUploadSentences: Sentences = {
  'One of these files is no longer at hand.': 'Eine dieser Dateien ist nicht mehr zur Hand.',
  'Drop them again.': 'Sie noch einmal ablegen.',
  '“<name>” is a folder, and only files can be shared.':
    '„<name>“ ist ein Ordner, und nur Dateien lassen sich teilen.',
  'Pack it into one file first, for example with zip or tar.':
    'Ihn zuerst in eine Datei packen, zum Beispiel mit zip oder tar.',
  '“<name>” cannot be read: <<why>>.': '„<name>“ ist nicht lesbar: <<why>>.',
  'it is not an ordinary file': 'keine gewöhnliche Datei',
  'permission denied': 'keine Berechtigung',
  'the disk answers <code>': 'der Datenträger antwortet <code>',
  'the disk answers with an error': 'der Datenträger antwortet mit einem Fehler',
  'Check that it is there and that you may read it.': 'Prüfen, ob sie da ist und gelesen werden darf.',
  '“<name>” changed while it was uploading, so nothing was published.':
    '„<name>“ hat sich während des Uploads geändert, also wurde nichts veröffentlicht.',
  'Share it again once it is complete.': 'Sie noch einmal teilen, sobald sie vollständig ist.',
  'There is no file “<name>”.': 'Es gibt keine Datei „<name>“.',
  'Check the path; it may have been moved or deleted.':
    'Den Pfad prüfen; vielleicht wurde sie verschoben oder gelöscht.',
  'The file is larger than 48.8 TiB, the largest object S3 can hold.':
    'Die Datei ist größer als 48,8 TiB, das größte Objekt, das S3 fasst.',
  'Split the file and share the pieces.': 'Die Datei zerlegen und die Stücke einzeln teilen.',
  'The file changed while it was uploading, so nothing was published.':
    'Die Datei hat sich während des Uploads geändert, also wurde nichts veröffentlicht.',

  'The server cannot be reached (<code>).': 'Der Server ist nicht erreichbar (<code>).',
  'The connection to the server fell silent (<code>).': 'Die Verbindung zum Server ist verstummt (<code>).',
  'The connection to the server was lost (<code>).': 'Die Verbindung zum Server ist abgerissen (<code>).',
  'Check the network and the endpoint’s address, then try again.':
    'Das Netzwerk und die Adresse des Endpunkts prüfen, dann noch einmal versuchen.',
  'The server does not answer (<<why>>).': 'Der Server antwortet nicht (<<why>>).',
  'timed out': 'Zeit abgelaufen',
  'Check the network and the endpoint’s address.': 'Das Netzwerk und die Adresse des Endpunkts prüfen.',
  'The server’s answer cannot be read.': 'Die Antwort des Servers ist nicht lesbar.',
  'The server took a part without naming its ETag.':
    'Der Server hat einen Teil angenommen, ohne sein ETag zu nennen.',
  'The server began an upload without giving it an id.':
    'Der Server hat einen Upload begonnen, ohne ihm eine ID zu geben.',
  'Try again; if it stays so, the server does not speak S3’s multipart uploads.':
    'Noch einmal versuchen; bleibt es so, beherrscht der Server keine mehrteiligen Uploads von S3.',
  'The server’s answer to the end of the upload was empty.':
    'Die Antwort des Servers auf das Ende des Uploads war leer.',
  'Try again.': 'Noch einmal versuchen.',
  'The server names other bytes than those that were sent.':
    'Der Server nennt andere Bytes als die gesendeten.',
  'The server keeps parts of an upload that it was told to drop.':
    'Der Server behält Teile eines Uploads, den er verwerfen sollte.',
  'Try again later.': 'Später noch einmal versuchen.',
  'What the bucket now holds is not what was sent.': 'Im Bucket steht jetzt nicht, was gesendet wurde.',
  'Share the file again; something else may write under the same key.':
    'Die Datei noch einmal teilen; vielleicht schreibt etwas anderes unter demselben Schlüssel.',
  'It may be in the bucket all the same; revoke it to delete it.':
    'Sie kann trotzdem im Bucket sein; widerrufen löscht sie.',
  'Parts of it could not be dropped; that is tried again at the next start.':
    'Teile davon ließen sich nicht verwerfen; das wird beim nächsten Start noch einmal versucht.',
  'Interrupted; what has arrived stays in the bucket.': 'Unterbrochen; was angekommen ist, bleibt im Bucket.',
  'The upload was cancelled; nothing of it is left.': 'Der Upload wurde abgebrochen; nichts davon bleibt.',
  'The upload was cancelled.': 'Der Upload wurde abgebrochen.',
  '<<what>>, and they cannot be put again: <<why>>':
    '<<what>>, und sie lassen sich nicht noch einmal setzen: <<why>>',
  'Whether its tags were kept cannot be told': 'Ob die Tags erhalten blieben, ist nicht zu erkennen',
  'Its tags are missing, because the server dropped them': 'Die Tags fehlen, weil der Server sie fallen ließ',

  'There is nothing behind this link: <<why>>.': 'Hinter diesem Link steht nichts: <<why>>.',
  'nobody has uploaded it yet': 'noch hat niemand hochgeladen',
  'its upload was interrupted': 'der Upload wurde unterbrochen',
  'its upload failed': 'der Upload ist gescheitert',
  'its upload was cancelled': 'der Upload wurde abgebrochen',
  'its object was deleted': 'das Objekt wurde gelöscht',
  'its object was deleted when the link ended': 'das Objekt wurde mit dem Ende des Links gelöscht',
  'This link has ended.': 'Dieser Link ist abgelaufen.',
  'Extend it for a new one to the same object.': 'Einen neuen Link zum selben Objekt erstellen.',
  'A form cannot be taken back by deleting anything.':
    'Ein Formular lässt sich nicht durch Löschen zurücknehmen.',
  'Stop awaiting its files, and revoke those that have arrived; only rotating the key that signed it ends it before its time.':
    'Nicht mehr auf seine Dateien warten und die angekommenen widerrufen; nur ein Austausch des signierenden Schlüssels beendet es vorzeitig.',
  'The link to “<name>” has ended.': 'Der Link zu „<name>“ ist abgelaufen.',
  'Share the file anew.': 'Die Datei neu teilen.',
  'There is no file to send again for “<name>”.': 'Für „<name>“ gibt es keine Datei mehr zum Senden.',
  'Share it again.': 'Sie noch einmal teilen.',
  '“<name>” is being sent already.': '„<name>“ wird schon gesendet.',
  'Wait for it, or cancel it first.': 'Darauf warten oder es zuerst abbrechen.',
  '“<name>” is not being uploaded.': '„<name>“ wird nicht hochgeladen.',
  'Revoke it to delete what was uploaded.': 'Widerrufen löscht, was hochgeladen wurde.',
  'The key that signed this link is gone: it was renewed or replaced.':
    'Der Schlüssel, der diesen Link signiert hat, ist weg: Er wurde erneuert oder ersetzt.',
  'The link that you gave out may still work, but it cannot be copied. Extend the share for a new one.':
    'Der verteilte Link funktioniert vielleicht noch, lässt sich aber nicht kopieren. Einen neuen Link erstellen.',
  '“<name>” was not uploaded by this share.': '„<name>“ wurde nicht von dieser Freigabe hochgeladen.',
  'Only what a share has uploaded itself can be deleted with its link.':
    'Nur was eine Freigabe selbst hochgeladen hat, lässt sich mit ihrem Link löschen.',
  'The link to “<name>” does not live any more.': 'Der Link zu „<name>“ gilt nicht mehr.',
  'Revoke it to delete its object now.': 'Widerrufen löscht das Objekt jetzt.',

  'The history cannot be written: the disk is full or failing.':
    'Der Verlauf kann nicht geschrieben werden: Der Datenträger ist voll oder defekt.',
  'Free some space, or point SANDGLASS_DATA_DIR at another folder, then try again.':
    'Platz schaffen oder SANDGLASS_DATA_DIR auf einen anderen Ordner richten, dann noch einmal versuchen.',
  'Another Sandglass is writing to the history and does not let go.':
    'Ein anderes Sandglass schreibt in den Verlauf und gibt ihn nicht frei.',
  'Try again once it has ended.': 'Noch einmal versuchen, sobald es beendet ist.',
  'The history’s database is damaged.': 'Die Datenbank des Verlaufs ist beschädigt.',
  'Move history.db out of Sandglass’s data folder; a new one is begun.':
    'history.db aus dem Datenordner von Sandglass verschieben; eine neue wird begonnen.',
  'The history cannot be opened for writing.': 'Der Verlauf lässt sich nicht zum Schreiben öffnen.',
  'Check the rights of Sandglass’s data folder, or set SANDGLASS_DATA_DIR to another.':
    'Die Rechte des Datenordners von Sandglass prüfen oder SANDGLASS_DATA_DIR auf einen anderen setzen.',
  'The history was written by a newer Sandglass.': 'Der Verlauf stammt von einem neueren Sandglass.',
  'Update Sandglass, or point SANDGLASS_DATA_DIR at another folder.':
    'Sandglass aktualisieren oder SANDGLASS_DATA_DIR auf einen anderen Ordner richten.',
  'More than one share begins with “<id>”.': 'Mehr als eine Freigabe beginnt mit „<id>“.',
  'There is no share “<id>”.': 'Es gibt keine Freigabe „<id>“.',

  'The system does not let Sandglass start at login.':
    'Das System lässt Sandglass nicht beim Anmelden starten.',
  'Check the rights of the autostart folder.': 'Die Rechte des Autostart-Ordners prüfen.',
  'The system does not do that.': 'Das System tut das nicht.',
  'Look into its own settings for what starts at login.':
    'In dessen eigenen Einstellungen nachsehen, was beim Anmelden startet.',
  'This shortcut cannot be had: another program uses it, or it is none.':
    'Dieses Tastenkürzel ist nicht zu haben: Ein anderes Programm verwendet es, oder es ist keines.',
  'Choose another.': 'Ein anderes wählen.',
  'This message does not come from Sandglass’s own window.':
    'Diese Nachricht kommt nicht aus dem Fenster von Sandglass.',
  'The window asked for something that makes no sense.': 'Das Fenster hat um etwas Sinnloses gebeten.',
  'Sandglass knows no such page.': 'Sandglass kennt keine solche Seite.',
  'Please report it.': 'Bitte melden.',
};
