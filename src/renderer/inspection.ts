import { asSandglassError, type SandglassError } from '../shared/errors.ts';
import { inspectPresignedUrl, type PresignedUrlReport } from '../shared/presigned-url.ts';
import { plainName } from './model/shown-name.ts';
import { tellExactly, tellTime } from './telling.ts';
import { inWords, words } from './words.ts';

/** What was read of a pasted text: what the link is, or why it is none. */
export type Inspection =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'report'; readonly report: PresignedUrlReport }
  | { readonly kind: 'failure'; readonly failure: SandglassError };

/** @param now this computer's idea of the server's clock, in milliseconds since 1970 */
export function inspection(text: string, now: number): Inspection {
  if (text.trim() === '') return { kind: 'nothing' };
  try {
    return { kind: 'report', report: inspectPresignedUrl(text, now) };
  } catch (error) {
    return { kind: 'failure', failure: asSandglassError(error) };
  }
}

/** Where it stands in time, as a headline. */
export function tellState({ state }: PresignedUrlReport): string {
  const said = words.inspect.state;
  switch (state.kind) {
    case 'live':
      return said.live(words.time.left(tellTime(state.remainingSeconds * 1000)));
    case 'ended':
      return said.ended(tellTime(state.sinceSeconds * 1000));
    case 'not-yet-valid':
      return said.early(tellTime(state.inSeconds * 1000));
    case 'unknown':
      return said.unknown;
  }
}

/** Each part of the link in words; what it does not hold is left out. */
export function reportFacts(report: PresignedUrlReport): readonly (readonly [term: string, fact: string])[] {
  const { inspect } = words;
  const { fact } = inspect;
  const overrides = Object.entries(report.overrides).map(([name, value]) => `${name.slice(9)}: ${value}`);
  const facts: readonly (readonly [string, string | null])[] = [
    [fact.does, tellDeed(report)],
    [fact.bucket, report.bucket],
    [fact.key, report.key],
    [fact.version, report.versionId && `${report.versionId}: ${inspect.version}`],
    [fact.part, report.partNumber],
    [fact.region, report.region ?? inspect.notTold],
    [
      fact.host,
      inspect.host(report.host, report.provider === 'custom' ? inspect.ownServer : report.provider),
    ],
    [fact.signed, report.signedAt === null ? inspect.notTold : tellExactly(report.signedAt)],
    [fact.ends, report.expiresAt === null ? inspect.notTold : tellExactly(report.expiresAt)],
    [fact.life, report.lifetimeSeconds === null ? null : tellTime(report.lifetimeSeconds * 1000)],
    [fact.signer, tellSigner(report)],
    [fact.signature, inspect.signatures[report.signature]],
    [
      fact.demands,
      report.demandedHeaders.length > 0 ? inspect.demands(report.demandedHeaders.join(', ')) : null,
    ],
    [fact.answers, overrides.length > 0 ? overrides.join('; ') : null],
    [fact.note, report.mayEndEarlier && inWords(report.mayEndEarlier)],
  ];
  return facts.flatMap(([term, told]) => (told === null ? [] : [[term, plainName(told)] as const]));
}

function tellDeed({ method, key }: PresignedUrlReport): string {
  const { does, likely } = words.inspect;
  const deed = method.name === 'GET' && key === null ? does.listing : does[method.name];
  return method.certain ? deed : likely(deed, inWords(method.because));
}

function tellSigner({ accessKeyId, accessKeyKind, hasSessionToken }: PresignedUrlReport): string {
  const { signers, notTold, withToken } = words.inspect;
  const signer = accessKeyId === null ? notTold : signers[accessKeyKind](accessKeyId);
  return hasSessionToken ? `${signer}, ${withToken}` : signer;
}
