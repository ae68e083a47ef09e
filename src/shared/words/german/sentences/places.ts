import type { Sentences } from '../../sentences.ts';

/** What is said of keys, access points, invitations, rules, and of what is kept with an object. */
export const germanPlaceSentences: Sentences = {
  'That key cannot be used: <<why>>.': 'Dieser Schlüssel ist nicht verwendbar: <<why>>.',
  '“<piece>” is not a piece of a key': '„<piece>“ ist kein Baustein eines Schlüssels',
  'the key is longer than 1024 bytes': 'er ist länger als 1024 Bytes',
  'a key must not hold an empty, “.” or “..” segment':
    'er darf keinen leeren, „.“- oder „..“-Abschnitt enthalten',
  'Check the prefix and the key template; its pieces are {date}, {random} and {name}.':
    'Das Präfix und die Schlüsselvorlage prüfen; ihre Bausteine sind {date}, {random} und {name}.',

  'That ARN names no access point.': 'Dieser ARN benennt keinen Zugangspunkt.',
  'Write arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME, or the name of a bucket.':
    'arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME schreiben oder den Namen eines Buckets.',
  'That ARN’s region is not in the partition that it names.':
    'Die Region dieses ARN gehört nicht zur genannten Partition.',
  'Copy the access point’s ARN from the console: aws-cn goes with cn- regions, aws-us-gov with us-gov- ones.':
    'Den ARN des Zugangspunkts aus der Konsole kopieren: aws-cn gehört zu cn-Regionen, aws-us-gov zu us-gov-Regionen.',
  'A directory bucket gives no links that last: they would end with a session of five minutes.':
    'Ein Directory-Bucket gibt keine dauerhaften Links: Sie endeten mit einer Sitzung von fünf Minuten.',
  'Share from a general purpose bucket.': 'Aus einem gewöhnlichen Bucket teilen.',
  'A multi-region access point takes a kind of signature that Sandglass does not make.':
    'Ein Zugangspunkt für mehrere Regionen verlangt eine Signatur, die Sandglass nicht erstellt.',
  'Name an access point, or a bucket, in one of its regions.':
    'Einen Zugangspunkt oder Bucket in einer seiner Regionen nennen.',
  'Sandglass makes no links to S3 Object Lambda, as “aws s3 presign” makes none.':
    'Sandglass erstellt keine Links zu S3 Object Lambda, ebenso wenig wie „aws s3 presign“.',
  'Name the access point that lies behind it.': 'Den Zugangspunkt dahinter nennen.',
  'Objects on an Outpost are reached by an access point, not by their bucket’s ARN.':
    'Objekte auf einem Outpost erreicht ein Zugangspunkt, nicht der ARN ihres Buckets.',
  'Write arn:aws:s3-outposts:REGION:ACCOUNT:outpost/ID/accesspoint/NAME.':
    'arn:aws:s3-outposts:REGION:ACCOUNT:outpost/ID/accesspoint/NAME schreiben.',
  'That is the ARN of a bucket, where its name is wanted.':
    'Das ist der ARN eines Buckets; gefragt ist sein Name.',
  'Write what follows the three colons.': 'Schreiben, was auf die drei Doppelpunkte folgt.',
  'An Outpost’s alias does not tell its region.': 'Der Alias eines Outposts nennt seine Region nicht.',
  'Name it with --region, or name the access point by its ARN.':
    'Die Region angeben oder den Zugangspunkt über seinen ARN nennen.',

  'An access point takes no uploads by a form.': 'Ein Zugangspunkt nimmt keine Uploads über ein Formular an.',
  'Name the bucket itself, or invite to upload one object by a link.':
    'Den Bucket selbst nennen oder zum Upload eines Objekts über einen Link einladen.',
  'A page can hold a form, and this is a link.': 'Eine Seite fasst ein Formular, und dies ist ein Link.',
  'Pass on the link itself, or invite by a form.':
    'Den Link selbst weitergeben oder über ein Formular einladen.',
  'The page cannot be written there (<code>).': 'Die Seite kann dort nicht geschrieben werden (<code>).',
  'Choose another folder, or free some space.': 'Einen anderen Ordner wählen oder Platz schaffen.',
  'That names a folder, and a link uploads one object.':
    'Das benennt einen Ordner, und ein Link lädt ein Objekt hoch.',
  'A link takes one content type, not all of a kind.':
    'Ein Link nimmt einen einzigen Inhaltstyp an, nicht alle einer Art.',
  'A form takes files of 1 byte to 5 GiB.': 'Ein Formular nimmt Dateien von 1 Byte bis 5 GiB an.',
  'The smallest size is larger than the largest.': 'Die kleinste Größe übersteigt die größte.',
  'That key is too long.': 'Dieser Schlüssel ist zu lang.',
  'That key has an empty piece, or one of dots alone, between its slashes.':
    'Dieser Schlüssel hat zwischen Schrägstrichen ein leeres Stück oder eines nur aus Punkten.',
  'Name the object, or make a form for the folder.':
    'Das Objekt nennen oder ein Formular für den Ordner erstellen.',
  'Name it, or make a form.': 'Ihn nennen oder ein Formular erstellen.',
  'Choose a largest size of up to 5 GiB.': 'Eine größte Größe bis 5 GiB wählen.',
  'Turn the two round.': 'Die beiden vertauschen.',
  'Choose a shorter one.': 'Einen kürzeren wählen.',
  'The invitation to upload “<name>” has ended.': 'Die Einladung zum Upload von „<name>“ ist abgelaufen.',
  'Extend it for a new one to the same place.': 'Eine neue zum selben Ort erstellen.',
  '“<name>” is not awaited.': 'Auf „<name>“ wird nicht gewartet.',
  'It has arrived already, or its invitation was cancelled.':
    'Es ist schon angekommen, oder die Einladung wurde zurückgezogen.',
  'The key that signed this invitation is gone: it was renewed or replaced.':
    'Der Schlüssel, der diese Einladung signiert hat, ist weg: Er wurde erneuert oder ersetzt.',
  'What you gave out may still work, but it cannot be copied. Extend it for a new one.':
    'Das Verteilte funktioniert vielleicht noch, lässt sich aber nicht kopieren. Eine neue Einladung erstellen.',

  'That is no content type.': 'Das ist kein Inhaltstyp.',
  'That is no name for a file.': 'Das ist kein Name für eine Datei.',
  'That is no language.': 'Das ist keine Sprache.',
  'That is no encoding.': 'Das ist keine Kodierung.',
  'That is no Cache-Control.': 'Das ist kein Cache-Control.',
  'Write it as application/pdf or text/plain; charset=utf-8.':
    'Schreiben wie application/pdf oder text/plain; charset=utf-8.',
  'Give a name alone, without slashes, of 255 bytes at the most, such as report.pdf.':
    'Nur einen Namen angeben, ohne Schrägstriche, höchstens 255 Bytes, etwa report.pdf.',
  'Write it as de or en, fr.': 'Schreiben wie de oder en, fr.',
  'Write it as gzip or br.': 'Schreiben wie gzip oder br.',
  'Write it as private, no-store or public, max-age=3600.':
    'Schreiben wie private, no-store oder public, max-age=3600.',
  'This object is archived; a copy of it is just being restored.':
    'Dieses Objekt ist archiviert; eine Kopie wird gerade wiederhergestellt.',
  'That takes minutes to two days. Make the link when the copy is there.':
    'Das dauert Minuten bis zwei Tage. Den Link erstellen, wenn die Kopie da ist.',
  'This object is archived: nobody could download it.':
    'Dieses Objekt ist archiviert: Niemand könnte es herunterladen.',
  'Restore it first, in the provider’s console or with aws s3api restore-object.':
    'Es zuerst wiederherstellen, in der Konsole des Anbieters oder mit aws s3api restore-object.',

  'An object has <most> tags at the most.': 'Ein Objekt hat höchstens <most> Tags.',
  'The metadata takes <size> bytes; <left> are left beside Sandglass’s own.':
    'Die Metadaten brauchen <size> Bytes; neben denen von Sandglass bleiben <left>.',
  'A tag has a name.': 'Ein Tag hat einen Namen.',
  'A tag’s name has <most> characters at the most.': 'Der Name eines Tags hat höchstens <most> Zeichen.',
  'The tag “<name>” has a value of more than <most> characters.':
    'Das Tag „<name>“ hat einen Wert von mehr als <most> Zeichen.',
  'The tag “<name>” has characters that S3 does not take.':
    'Das Tag „<name>“ hat Zeichen, die S3 nicht annimmt.',
  'The tag “<name>” begins with “aws:”, which is AWS’s own.':
    'Das Tag „<name>“ beginnt mit „aws:“, was AWS vorbehalten ist.',
  'The metadata “<name>” has a name that no header can have.':
    'Die Metadaten „<name>“ haben einen Namen, den kein Header haben kann.',
  'The metadata “<name>” is Sandglass’s own.': 'Die Metadaten „<name>“ sind Sandglass vorbehalten.',
  'The metadata “<name>” has characters outside of ASCII, which would not come back as they are.':
    'Die Metadaten „<name>“ haben Zeichen außerhalb von ASCII, die nicht unverändert zurückkämen.',
  'The metadata “<name>” is in the encoding of mail headers (RFC 2047), which S3 might take apart.':
    'Die Metadaten „<name>“ sind wie E-Mail-Header kodiert (RFC 2047), was S3 auflösen könnte.',
  'The metadata “<name>” begins or ends with a space, which is lost on the way.':
    'Die Metadaten „<name>“ beginnen oder enden mit einem Leerzeichen, das unterwegs verloren geht.',
  'The tag “<name>” is named twice.': 'Das Tag „<name>“ ist zweimal genannt.',
  'The metadata name “<name>” is named twice.': 'Der Metadatenname „<name>“ ist zweimal genannt.',
  'Leave some out.': 'Einige weglassen.',
  'Shorten it: names and values count.': 'Kürzen: Namen und Werte zählen.',
  'Write --tag name=value.': 'Als name=value schreiben.',
  'Shorten it.': 'Kürzen.',
  'Use letters, digits, spaces and + - = . _ : / @.':
    'Buchstaben, Ziffern, Leerzeichen und + - = . _ : / @ verwenden.',
  'Choose another name.': 'Einen anderen Namen wählen.',
  'Use letters, digits, - and _.': 'Buchstaben, Ziffern, - und _ verwenden.',
  'Use plain letters, digits and signs, or a tag.':
    'Einfache Buchstaben, Ziffern und Zeichen verwenden oder ein Tag.',
  'Write it in plain ASCII.': 'In einfachem ASCII schreiben.',
  'Leave it out.': 'Weglassen.',
  'Name it once.': 'Einmal nennen.',

  'The bucket’s lifecycle rules are written in a way that Sandglass cannot keep.':
    'Die Lebenszyklusregeln des Buckets sind so geschrieben, dass Sandglass sie nicht erhalten kann.',
  'Nothing was changed. Set the rule in the provider’s console.':
    'Nichts wurde geändert. Die Regel in der Konsole des Anbieters setzen.',
  'Nothing was changed.': 'Nichts wurde geändert.',
  'A rule for the whole bucket would delete everything in it.':
    'Eine Regel für den ganzen Bucket würde alles darin löschen.',
  'Name the prefix that Sandglass uploads to.': 'Das Präfix nennen, unter das Sandglass hochlädt.',
  'Lifecycle rules count whole days, 1 at the least.': 'Lebenszyklusregeln zählen ganze Tage, mindestens 1.',
  'Ask for 8 days, say: a link lives 7 at the most.': 'Etwa 8 Tage angeben: Ein Link gilt höchstens 7.',
};
