import { withoutQueries } from './errors.ts';

/** The longest line, in characters: one that is longer says nothing more, and takes long to scrub. */
const LONGEST = 2_000;

const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
/** Names of objects and files may hold spaces, so that such an address takes the rest of its line with it. */
const OBJECT = /\b(s3|file):\/\/.*/gi;
/** A host may name the bucket, and a path the key: only the scheme is left. */
const ADDRESS = /\b([a-z][a-z0-9+.-]*):\/\/[^\s"'<>”’`]*/gi;
/** What systems and libraries say of hosts that they could not reach: those stand there without a scheme. */
const HOST =
  /(?<!code=)\b(connect E[A-Z]+|E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT|HOSTUNREACH|NETUNREACH)|altnames:|attempted address(?:es)?:)\s.*/g;
/** What stands behind a name that speaks of a secret, up to the end of the line. */
const NAMED_SECRET =
  /\b([\w-]*(?:authorization|secret|password|token|credential|signature|access[_-]?key)[\w-]*["'”’]?\s*[=:]\s*).*/gi;
/**
 * Names of files, buckets and accounts stand in quotation marks wherever they are put into words. A name may hold such
 * marks itself: all is taken up to the last of them, and the whole rest of a line that was cut or closes none.
 */
const QUOTED = /[“„](?:.*…$|.*[”“](?!\w)|.*)|[‘‚].*?[’‘](?!\w)|»[^«]*«|(?<!\w)(["'`]).*?\1(?!\w)/g;
/** A path takes the rest of its line with it as well. */
const PATH = /(?<![\w./…])(?:~?\/(?=[^\s/])|[a-z]:[\\/]|\\\\).*/gi;
/** AWS's key ids, by their prefixes. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const AWS_KEY_ID =
  /(?<![A-Za-z0-9])(?:A3T|ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|APKA|AROA|ASCA|ASIA)[A-Z0-9]+/g;
/**
 * Long words with digits in them are keys, tokens, upload ids and random pieces; S3’s request ids alone are none, where
 * they stand in the field of that name.
 */
const UNGUESSABLE =
  /(?<![A-Za-z0-9+/_~-])(?<!^(?:(?!\bsaid=).)* request=\S*)(?=[A-Za-z+/_~-]*\d)[A-Za-z0-9+/_~-]{16,}={0,2}/g;

/**
 * A line that may be kept in a log and shown to strangers: without addresses, paths, what stands in quotation marks, key
 * ids, secrets, tokens, and whatever else cannot be guessed. It rather takes too much.
 */
export function scrubbed(line: string): string {
  const short = line.length > LONGEST ? line.slice(0, LONGEST).replace(/\S*$/, '…') : line;
  return withoutQueries(short.replace(CONTROL, ' '))
    .replace(OBJECT, '$1://…')
    .replace(ADDRESS, '$1://…')
    .replace(NAMED_SECRET, '$1…')
    .replace(HOST, '$1 …')
    .replace(QUOTED, '“…”')
    .replace(PATH, '/…')
    .replace(AWS_KEY_ID, '…')
    .replace(UNGUESSABLE, '…');
}

/** The same without certain names, such as those of buckets; names of one or two letters say nothing of anybody. */
export function withoutNames(line: string, names: readonly string[]): string {
  const known = names.filter((name) => name.length > 2).sort((one, other) => other.length - one.length);
  if (known.length === 0) return line;
  const any = known.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join('|');
  return line.replace(new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${any})(?![\p{L}\p{N}])`, 'giu'), '…');
}
