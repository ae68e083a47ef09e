import type { PresignedUrlReport } from '../../shared/presigned-url.ts';
import type { WindowWords } from '../../shared/words/window.ts';

export type RefusalReason = keyof WindowWords['inspect']['reasons'];

/**
 * Why S3 may answer 403 to a link, the likeliest first.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
export function refusalReasons(report: PresignedUrlReport): readonly RefusalReason[] {
  const { state, method, demandedHeaders, mayEndEarlier, problems, key } = report;
  const isDownload = method.name === 'GET' || method.name === 'HEAD';
  const holds: readonly (readonly [RefusalReason, boolean])[] = [
    ['ended', state.kind === 'ended'],
    ['early', state.kind === 'not-yet-valid'],
    ['broken', problems.length > 0],
    ['token', mayEndEarlier !== null],
    ['method', !isDownload],
    ['headers', demandedHeaders.length > 0],
    ['changed', true],
    ['missing', isDownload && key !== null],
    ['signer', true],
    ['policy', true],
    ['archived', isDownload && key !== null],
    ['exists', demandedHeaders.includes('if-none-match')],
  ];
  return holds.flatMap(([reason, applies]) => (applies ? [reason] : []));
}
