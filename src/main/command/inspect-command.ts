import type { Command } from 'commander';
import { describeTimeLeft } from '../../shared/expiry.ts';
import { inspectPresignedUrl, type LinkState, type PresignedUrlReport } from '../../shared/presigned-url.ts';
import type { CommandContext } from './context.ts';
import { isoDate, localTime, printable } from './link-output.ts';

export function addInspectCommand(program: Command, context: CommandContext): void {
  program
    .command('inspect')
    .description('tell what a presigned URL is and when it ends; asks nobody')
    .argument('<url>', 'the URL, or - to read it from standard input')
    .option('--json', 'print one JSON object')
    .action(async (given: string, flags: { json?: boolean }) => {
      const text = given === '-' ? await context.terminal.readInput() : given;
      const report = inspectPresignedUrl(text, context.clock.now());
      if (flags.json) context.terminal.out(JSON.stringify(reportJson(report)));
      else for (const line of reportLines(report)) context.terminal.out(line);
    });
}

function reportJson(report: PresignedUrlReport) {
  const { signedAt, expiresAt, ...rest } = report;
  return {
    ...rest,
    signedAt: signedAt === null ? null : isoDate(signedAt),
    expiresAt: expiresAt === null ? null : isoDate(expiresAt),
  };
}

function reportLines(report: PresignedUrlReport): string[] {
  const { method, expiresAt, signedAt, demandedHeaders } = report;
  const token = report.hasSessionToken ? 'with a session token' : 'no session token';
  const rows: [string, string | null][] = [
    ['state', describeState(report.state)],
    ['method', method.certain ? method.name : `${method.name}, most likely: ${method.because}`],
    ['bucket', report.bucket],
    ['key', report.key],
    ['version', report.versionId],
    ['region', report.region ?? 'not told'],
    ['host', `${report.host} (${report.provider}, ${report.addressing})`],
    ['signed', signedAt === null ? 'not told' : localTime(signedAt)],
    ['ends', expiresAt === null ? 'not told' : localTime(expiresAt)],
    ['signature', report.signature],
    ['signer', `${report.accessKeyId ?? 'not told'} (${report.accessKeyKind}, ${token})`],
    ['demands', demandedHeaders.length > 0 ? demandedHeaders.join(', ') : 'no headers'],
    ...Object.entries(report.overrides),
    ['note', report.mayEndEarlier],
    ...report.problems.map((problem): [string, string] => ['problem', problem]),
  ];
  return rows.flatMap(([name, value]) =>
    value === null ? [] : [printable(`${`${name}:`.padEnd(11)}${value}`)],
  );
}

function describeState(state: LinkState): string {
  switch (state.kind) {
    case 'live':
      return `live, ${describeTimeLeft(state.remainingSeconds * 1000)} left by its own dates`;
    case 'ended':
      return `ended ${describeTimeLeft(state.sinceSeconds * 1000)} ago`;
    case 'not-yet-valid':
      return `not valid yet, begins in ${describeTimeLeft(state.inSeconds * 1000)}`;
    case 'unknown':
      return 'cannot be told from its dates';
  }
}
