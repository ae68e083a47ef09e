import type { Sentences } from '../../sentences.ts';

/** What `src/shared` says of lives, speeds and pasted links, which the window finds out by itself. */
export const germanLinkSentences: Sentences = {
  'Something unexpected went wrong (<name>).': 'Etwas Unerwartetes ist schiefgegangen (<name>).',
  'Try again; if it happens again, please report it.':
    'Noch einmal versuchen; passiert es wieder, bitte melden.',

  'These credentials have ended; a link signed now would be dead.':
    'Diese Zugangsdaten sind abgelaufen; ein jetzt signierter Link wäre tot.',
  'Renew them (for single sign-on: aws sso login), then try again.':
    'Sie erneuern (bei Single Sign-on: aws sso login), dann noch einmal versuchen.',
  'The restored copy of this archived object is gone again.':
    'Die wiederhergestellte Kopie dieses archivierten Objekts ist wieder weg.',
  'Restore it once more, for as long as the link is to live; then make the link.':
    'Sie noch einmal wiederherstellen, für die Dauer des Links; dann den Link erstellen.',
  'That moment has passed already.': 'Dieser Zeitpunkt ist schon vorbei.',
  'Give a date and time in the future, or a duration such as 12h.':
    'Tag und Uhrzeit in der Zukunft angeben oder eine Dauer wie 12h.',
  'A presigned link lives 7 days (604800 seconds) at the most.':
    'Ein vorsignierter Link gilt höchstens 7 Tage (604800 Sekunden).',
  'A link lives a whole number of seconds, 1 at the least.':
    'Ein Link gilt eine ganze Zahl von Sekunden, mindestens 1.',
  'Ask for 1 second to 7 days, such as 90s, 12h or 7d.':
    '1 Sekunde bis 7 Tage angeben, etwa 90s, 12h oder 7d.',
  '“<text>” is neither a duration nor a date and time.':
    '„<text>“ ist weder eine Dauer noch Tag und Uhrzeit.',
  'Write a duration such as 90s, 15m, 12h or 7d, or a moment such as 2026-12-24T18:00.':
    'Eine Dauer wie 90s, 15m, 12h oder 7d schreiben oder einen Zeitpunkt wie 2026-12-24T18:00.',

  '“<text>” is no speed.': '„<text>“ ist kein Tempo.',
  'Write bytes a second such as 512k or 2M, off, or a timetable: 08:00,512k 19:00,off.':
    'Bytes je Sekunde wie 512k oder 2M schreiben, off oder einen Zeitplan: 08:00,512k 19:00,off.',

  'That names an object, not a link.': 'Das benennt ein Objekt, keinen Link.',
  'That is not a link.': 'Das ist kein Link.',
  'Make a link for it with “sandglass link”.': 'Mit „sandglass link“ einen Link dazu erstellen.',
  'Paste the whole presigned link, from https:// or http:// to its end, between quotes.':
    'Den vorsignierten Link vollständig einfügen, von https:// oder http:// bis zum Ende.',
  'That is a signed link of <whom>, not a presigned S3 link.':
    'Das ist ein signierter Link von <whom>, kein vorsignierter S3-Link.',
  'Ask whoever made it; Sandglass reads S3 links only.':
    'Den Ersteller fragen; Sandglass liest nur S3-Links.',
  'That link is not presigned: it carries no S3 signature.':
    'Dieser Link ist nicht vorsigniert: Er trägt keine S3-Signatur.',
  'Copy the whole link, with all that follows the “?”, and put it between quotes.':
    'Den Link vollständig kopieren, mit allem nach dem „?“.',

  'It was signed with temporary credentials: it ends when they do, which may be before the date it gives.':
    'Er wurde mit befristeten Zugangsdaten signiert und endet mit ihnen, womöglich vor dem genannten Datum.',
  'It goes over plain http: whoever carries it on the way can read and use it.':
    'Er geht über unverschlüsseltes http: Wer ihn unterwegs befördert, kann ihn lesen und nutzen.',
  'It was signed for another service than S3.': 'Er wurde für einen anderen Dienst als S3 signiert.',
  'It was signed for <region>, but its host is in <other>: S3 refuses that.':
    'Er wurde für <region> signiert, aber der Server liegt in <other>: S3 lehnt das ab.',
  'AWS takes this old signature (Version 2) only for buckets made before 24 June 2020.':
    'AWS nimmt diese alte Signatur (Version 2) nur für Buckets an, die vor dem 24. Juni 2020 erstellt wurden.',
  'A multi-region access point takes no signature but Version 4A.':
    'Ein Zugangspunkt für mehrere Regionen nimmt nur Signaturen der Version 4A an.',
  'It was signed with a temporary key, but carries no session token: S3 refuses that.':
    'Er wurde mit einem befristeten Schlüssel signiert, trägt aber kein Sitzungstoken: S3 lehnt das ab.',
  'It was copied out of HTML, JSON or a shell: “&amp;”, “\\u0026” and “\\&” must each become “&”.':
    'Er wurde aus HTML, JSON oder einer Shell kopiert: „&amp;“, „\\u0026“ und „\\&“ müssen je zu „&“ werden.',
  'It holds a “#”: what follows is never sent. A “#” in a key must be %23.':
    'Er enthält ein „#“: Was folgt, wird nie gesendet. Ein „#“ in einem Schlüssel muss %23 sein.',
  'There is a space in it: a space in a link must be %20.':
    'Er enthält ein Leerzeichen: In einem Link muss es %20 sein.',
  'Its query holds a “%” that does not begin a UTF-8 character.':
    'Seine Abfrage enthält ein „%“, das kein UTF-8-Zeichen beginnt.',
  'Its path holds a “%” that does not begin a UTF-8 character.':
    'Sein Pfad enthält ein „%“, das kein UTF-8-Zeichen beginnt.',
  'Its path holds a bare “+”, which AWS reads as a space; a “+” in a key must be %2B.':
    'Sein Pfad enthält ein bloßes „+“, das AWS als Leerzeichen liest; ein „+“ in einem Schlüssel muss %2B sein.',
  'Its path holds “.” or “..” between slashes: browsers resolve them, and so ask for another key.':
    'Sein Pfad enthält „.“ oder „..“ zwischen Schrägstrichen: Browser lösen das auf und fragen nach einem anderen Schlüssel.',
  'It points at a website endpoint, which knows no signatures.':
    'Er zeigt auf einen Website-Endpunkt, der keine Signaturen kennt.',
  'It carries a Version 2 signature too: S3 takes only one.':
    'Er trägt auch eine Signatur der Version 2: S3 nimmt nur eine an.',
  'X-Amz-Algorithm names none of the ways S3 signs: AWS4-HMAC-SHA256 is the usual one.':
    'X-Amz-Algorithm nennt kein Verfahren, mit dem S3 signiert: Üblich ist AWS4-HMAC-SHA256.',
  'X-Amz-Credential is not of the form KEY/DATE/REGION/SERVICE/aws4_request.':
    'X-Amz-Credential hat nicht die Form KEY/DATE/REGION/SERVICE/aws4_request.',
  'X-Amz-Date is no date such as 20130524T000000Z.': 'X-Amz-Date ist kein Datum wie 20130524T000000Z.',
  'X-Amz-Credential and X-Amz-Date name different days: S3 refuses that.':
    'X-Amz-Credential und X-Amz-Date nennen verschiedene Tage: S3 lehnt das ab.',
  'Expires is no Unix time in whole seconds.': 'Expires ist keine Unix-Zeit in ganzen Sekunden.',
  'Its signature holds a bare “+”, which is read as a space: it must be %2B.':
    'Seine Signatur enthält ein bloßes „+“, das als Leerzeichen gelesen wird: Es muss %2B sein.',
  'Its signature is not 28 characters of base64: the link was cut off or altered.':
    'Seine Signatur hat nicht 28 Zeichen Base64: Der Link wurde gekürzt oder verändert.',
  'X-Amz-Expires is not a whole number of seconds above zero.':
    'X-Amz-Expires ist keine ganze Zahl von Sekunden über null.',
  'X-Amz-Expires is above 604800 seconds (7 days), the most that S3 allows: it refuses the link.':
    'X-Amz-Expires liegt über 604800 Sekunden (7 Tagen), dem Höchsten, was S3 erlaubt: Es lehnt den Link ab.',
  'X-Amz-SignedHeaders is not a list of header names.':
    'X-Amz-SignedHeaders ist keine Liste von Header-Namen.',
  'X-Amz-SignedHeaders lacks “host”, which S3 insists on.':
    'In X-Amz-SignedHeaders fehlt „host“, worauf S3 besteht.',

  'Its x-id names an upload.': 'Seine x-id nennt einen Upload.',
  'Its x-id names a deletion.': 'Seine x-id nennt ein Löschen.',
  'Its x-id names a download or a listing.': 'Seine x-id nennt einen Download oder ein Auflisten.',
  'partNumber with uploadId means one part to upload.':
    'partNumber mit uploadId bedeutet einen Teil zum Hochladen.',
  'uploads on a key begins an upload in parts.':
    'uploads bei einem Schlüssel beginnt einen Upload in Teilen.',
  'uploadId completes an upload (POST), lists its parts (GET) or drops it (DELETE).':
    'uploadId schließt einen Upload ab (POST), listet seine Teile auf (GET) oder verwirft ihn (DELETE).',
  'It asks S3 for work that only POST can order.':
    'Er verlangt von S3 eine Arbeit, die nur POST auslösen kann.',
  'It names an object to copy from.': 'Er nennt ein Objekt als Quelle einer Kopie.',
  'It says how to answer a download (HEAD could ask the same).':
    'Er sagt, wie ein Download zu beantworten ist (HEAD könnte dasselbe fragen).',
  'It asks for a download the way only GET and HEAD do.':
    'Er verlangt einen Download, wie nur GET und HEAD es tun.',
  'It names no key, so it most likely lists the bucket.':
    'Er nennt keinen Schlüssel, listet also wohl den Bucket auf.',
  'It demands headers that go with an upload.': 'Er verlangt Header, die zu einem Upload gehören.',
  'Nothing in it tells; most presigned links are downloads.':
    'Nichts darin verrät es; die meisten vorsignierten Links sind Downloads.',
};
