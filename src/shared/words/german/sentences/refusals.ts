import type { Sentences } from '../../sentences.ts';

/** What S3 refused, and whom to ask for what. */
export const germanRefusalSentences: Sentences = {
  // What was asked of a bucket.
  'upload to': 'hochladen',
  read: 'lesen',
  'read from': 'lesen',
  list: 'auflisten',
  'look at': 'ansehen',
  'delete from': 'löschen',
  'list the objects in': 'Objekte auflisten',
  'list the versions in': 'Versionen auflisten',
  'look at an upload in': 'einen Upload ansehen',
  'list the uploads in': 'Uploads auflisten',
  'cancel an upload in': 'einen Upload abbrechen',
  'read the tags of an object in': 'die Tags eines Objekts lesen',
  'tag an object in': 'einem Objekt Tags geben',
  'read the lifecycle of': 'die Lebenszyklusregeln lesen',
  'set the lifecycle of': 'die Lebenszyklusregeln ändern',

  'These credentials may not <<doing>> the bucket “<bucket>”.':
    'Diese Zugangsdaten haben im Bucket „<bucket>“ ein Recht nicht: <<doing>>.',
  'These credentials may not <<doing>> the bucket “<bucket>”: they lack <right>.':
    'Diese Zugangsdaten haben im Bucket „<bucket>“ ein Recht nicht: <<doing>> (<right>).',
  'Check the keys, or ask the bucket’s owner for the right.':
    'Die Schlüssel prüfen oder den Besitzer des Buckets um das Recht bitten.',
  'S3 does not know this access key id.': 'S3 kennt diese Zugriffsschlüssel-ID nicht.',
  'S3 does not accept the signature: the secret access key is wrong.':
    'S3 nimmt die Signatur nicht an: Der geheime Zugriffsschlüssel ist falsch.',
  'S3 does not accept the session token.': 'S3 nimmt das Sitzungstoken nicht an.',
  'Check the access key id and the secret access key, or connect the account anew.':
    'Zugriffsschlüssel-ID und geheimen Zugriffsschlüssel prüfen oder das Konto neu verbinden.',
  'The credentials have ended: S3 no longer accepts their token.':
    'Die Zugangsdaten sind abgelaufen: S3 nimmt ihr Token nicht mehr an.',
  'There is no such object in the bucket “<bucket>”.': 'Im Bucket „<bucket>“ gibt es dieses Objekt nicht.',
  'Check the key; it may have been deleted or renamed.':
    'Den Schlüssel prüfen; vielleicht wurde es gelöscht oder umbenannt.',
  'There is no bucket “<bucket>” here.': 'Hier gibt es keinen Bucket „<bucket>“.',
  'Check the name of the bucket and the endpoint.': 'Den Namen des Buckets und den Endpunkt prüfen.',
  'The bucket “<bucket>” is in another region.': 'Der Bucket „<bucket>“ liegt in einer anderen Region.',
  'It is in <region>. <<next>>': 'Er liegt in <region>. <<next>>',
  'Try again: the region of the bucket is then asked for anew.':
    'Noch einmal versuchen: Die Region des Buckets wird dann neu erfragt.',
  'There is an object under this key already, and Sandglass never overwrites one.':
    'Unter diesem Schlüssel gibt es schon ein Objekt, und Sandglass überschreibt nie eines.',
  'Share under another key: put {random} into the key template.':
    'Unter einem anderen Schlüssel teilen: {random} in die Schlüsselvorlage aufnehmen.',
  'S3 no longer knows this upload: it was cancelled, or it was removed as left over.':
    'S3 kennt diesen Upload nicht mehr: Er wurde abgebrochen oder als Überrest entfernt.',
  'Share the file again.': 'Die Datei noch einmal teilen.',
  'The object is archived: nobody can download it until a copy of it is restored.':
    'Das Objekt ist archiviert: Niemand kann es herunterladen, bis eine Kopie wiederhergestellt ist.',
  'Restore it first (in S3’s console: Initiate restore), which takes minutes to hours; then make the link.':
    'Es zuerst wiederherstellen (in der S3-Konsole: „Initiate restore“), was Minuten bis Stunden dauert; dann den Link erstellen.',
  'This computer’s clock is more than 15 minutes off, so S3 refuses what it signs.':
    'Die Uhr dieses Computers geht um mehr als 15 Minuten falsch; S3 lehnt ab, was er signiert.',
  'Set the clock, then try again.': 'Die Uhr stellen, dann noch einmal versuchen.',
  'The bytes were changed on their way: S3 got others than were sent.':
    'Die Bytes wurden unterwegs verändert: Bei S3 kamen andere an als gesendet.',
  'Try again; if it stays so, something between here and the server changes what passes.':
    'Noch einmal versuchen; bleibt es so, verändert unterwegs etwas die Daten.',
  'The file is larger than this server takes.': 'Die Datei ist größer, als dieser Server annimmt.',
  'Ask the provider for its largest object.': 'Den Anbieter nach der größten erlaubten Größe fragen.',
  'There is only a mark that the object was deleted; older versions of it may still be there.':
    'Es gibt nur eine Löschmarkierung des Objekts; ältere Versionen sind vielleicht noch da.',
  'Choose one of its versions, and make the link to that.':
    'Eine seiner Versionen wählen und den Link zu dieser erstellen.',
  'The server could not take the request now (<why>).':
    'Der Server konnte die Anfrage jetzt nicht annehmen (<why>).',
  'Try again in a while.': 'Nach einer Weile noch einmal versuchen.',
  'S3 refused to <<doing>> the bucket “<bucket>” (<said>).':
    'S3 hat im Bucket „<bucket>“ abgelehnt: <<doing>> (<said>).',
  'Look the code up with your provider; the request id helps them.':
    'Den Code beim Anbieter nachschlagen; die Anfrage-ID hilft ihm.',

  'The bucket “<bucket>” takes no access control lists (its owner has turned them off), and the request carried one.':
    'Der Bucket „<bucket>“ nimmt keine Zugriffskontrolllisten an (sein Besitzer hat sie ausgeschaltet), und die Anfrage trug eine.',
  'Sandglass itself sends none: look for what adds an x-amz-acl header on the way, or ask the bucket’s owner for “Object Ownership” with ACLs enabled.':
    'Sandglass selbst sendet keine: prüfen, was unterwegs einen Header x-amz-acl hinzufügt, oder den Besitzer des Buckets um „Object Ownership“ mit ACLs bitten.',
  'The key that encrypts the bucket “<bucket>” cannot be used: it is disabled, or being deleted.':
    'Der Schlüssel, der den Bucket „<bucket>“ verschlüsselt, ist nicht nutzbar: Er ist deaktiviert oder wird gelöscht.',
  'Ask the bucket’s owner to enable the KMS key again, or to encrypt the bucket with another.':
    'Den Besitzer des Buckets bitten, den KMS-Schlüssel wieder zu aktivieren oder einen anderen zu nehmen.',
  'The bucket “<bucket>” is encrypted with a KMS key that these credentials may not use.':
    'Der Bucket „<bucket>“ ist mit einem KMS-Schlüssel verschlüsselt, den diese Zugangsdaten nicht nutzen dürfen.',
  'The bucket “<bucket>” is encrypted with a KMS key that these credentials may not use (<right>).':
    'Der Bucket „<bucket>“ ist mit einem KMS-Schlüssel verschlüsselt, den diese Zugangsdaten nicht nutzen dürfen (<right>).',
  'Ask the owner of the bucket’s KMS key to allow kms:GenerateDataKey and kms:Decrypt on it: uploads need both, downloads the second.':
    'Den Besitzer des KMS-Schlüssels um kms:GenerateDataKey und kms:Decrypt bitten: Uploads brauchen beide, Downloads das zweite.',
  'Block Public Access refuses this on the bucket “<bucket>”: somebody’s access counts as public there.':
    '„Block Public Access“ lehnt das im Bucket „<bucket>“ ab: Dort gilt jemandes Zugriff als öffentlich.',
  'A presigned link is not public access, so ask the bucket’s owner to name these credentials in a policy that is not public; nothing need be opened to the world.':
    'Ein vorsignierter Link ist kein öffentlicher Zugriff: Den Besitzer des Buckets bitten, diese Zugangsdaten in einer nicht öffentlichen Richtlinie zu nennen; nichts muss für alle geöffnet werden.',
  'The object is locked against deletion until its retention ends (Object Lock).':
    'Das Objekt ist bis zum Ende seiner Aufbewahrung gegen Löschen gesperrt (Object Lock).',
  'Ask the bucket’s owner when the lock ends; until then only rotating the key that signed ends its links.':
    'Den Besitzer des Buckets fragen, wann die Sperre endet; bis dahin beendet nur ein Austausch des signierenden Schlüssels die Links.',
  'The network’s own way to S3 (a VPC endpoint) does not let this through to the bucket “<bucket>”.':
    'Der eigene Weg des Netzwerks zu S3 (ein VPC-Endpunkt) lässt das nicht zum Bucket „<bucket>“ durch.',
  'Ask whoever runs the network to allow the bucket in the VPC endpoint’s policy, or try from another network.':
    'Den Betreiber des Netzwerks bitten, den Bucket in der Richtlinie des VPC-Endpunkts zu erlauben, oder es aus einem anderen Netzwerk versuchen.',
  'A rule of the whole AWS organization does not let these credentials <<doing>> the bucket “<bucket>”.':
    'Eine Regel der ganzen AWS-Organisation verbietet diesen Zugangsdaten im Bucket „<bucket>“: <<doing>>.',
  'Ask the organization’s administrator for <right>: the bucket’s owner cannot allow what a control policy forbids.':
    'Die Administration der Organisation um <right> bitten: Der Besitzer des Buckets kann nicht erlauben, was eine Kontrollrichtlinie verbietet.',
  'Ask the organization’s administrator for the right: the bucket’s owner cannot allow what a control policy forbids.':
    'Die Administration der Organisation um das Recht bitten: Der Besitzer des Buckets kann nicht erlauben, was eine Kontrollrichtlinie verbietet.',
  'The policy of the bucket “<bucket>” does not mention these credentials, and they belong to another account.':
    'Die Richtlinie des Buckets „<bucket>“ nennt diese Zugangsdaten nicht, und sie gehören zu einem anderen Konto.',
  'Ask the bucket’s owner to allow <right> for them in the bucket’s policy.':
    'Den Besitzer des Buckets bitten, ihnen <right> in der Richtlinie des Buckets zu erlauben.',
  'Ask the bucket’s owner to allow the action for them in the bucket’s policy.':
    'Den Besitzer des Buckets bitten, ihnen die Aktion in der Richtlinie des Buckets zu erlauben.',
  'Ask whoever gave you the keys for <right>; the bucket itself does not stand in the way.':
    'Wer die Schlüssel ausgegeben hat, um <right> bitten; der Bucket selbst steht nicht im Weg.',
  'Ask whoever gave you the keys for the right; the bucket itself does not stand in the way.':
    'Wer die Schlüssel ausgegeben hat, um das Recht bitten; der Bucket selbst steht nicht im Weg.',
  'The link had ended by the server’s clock when it was opened.':
    'Nach der Uhr des Servers war der Link beim Öffnen schon abgelaufen.',
  'Make a new link; where that happens at once, the credentials that sign end too soon.':
    'Einen neuen Link erstellen; passiert das sofort wieder, laufen die signierenden Zugangsdaten zu früh ab.',
  'The policy of the bucket “<bucket>” forbids <what>: most likely it limits how old a link may be (s3:signatureAge), and this one was signed <<age>> ago.':
    'Die Richtlinie des Buckets „<bucket>“ verbietet das: Höchstwahrscheinlich begrenzt sie das Alter von Links (s3:signatureAge), und dieser wurde vor <<age>> signiert.',
  '<amount> minutes': '<amount> Minuten',
  '<amount> hours': '<amount> Stunden',
  'Ask the bucket’s owner how long links may live, and make them no longer; or it limits the networks that links may be opened from (aws:SourceIp, aws:SourceVpc).':
    'Den Besitzer des Buckets fragen, wie lange Links gelten dürfen, und sie nicht länger machen; oder sie begrenzt die Netzwerke, aus denen Links geöffnet werden (aws:SourceIp, aws:SourceVpc).',
  'The policy of the bucket “<bucket>” forbids to <<doing>> it: most likely it is a matter of the network (aws:SourceIp, aws:SourceVpc).':
    'Die Richtlinie des Buckets „<bucket>“ verbietet: <<doing>>. Höchstwahrscheinlich liegt es am Netzwerk (aws:SourceIp, aws:SourceVpc).',
  'The policy of the bucket “<bucket>” forbids to <<doing>> it: most likely it is a matter of the network (aws:SourceIp, aws:SourceVpc), or of how old a signature may be (s3:signatureAge).':
    'Die Richtlinie des Buckets „<bucket>“ verbietet: <<doing>>. Höchstwahrscheinlich liegt es am Netzwerk (aws:SourceIp, aws:SourceVpc) oder am erlaubten Alter einer Signatur (s3:signatureAge).',
  'Ask the bucket’s owner from where <what> is allowed, and whether uploads must be encrypted in a certain way.':
    'Den Besitzer des Buckets fragen, von wo das erlaubt ist und ob Uploads auf bestimmte Weise verschlüsselt sein müssen.',
};
