import { format, resolveConfig } from 'prettier';
import { table } from './results-table.ts';
import type { Findings } from './scenarios/scenario.ts';

/** All that a run found out, and how. */
export interface Results {
  readonly command: string;
  readonly machine: readonly string[];
  readonly versions: readonly string[];
  readonly absent: readonly string[];
  readonly rounds: number;
  readonly findings: readonly Findings[];
  /** Where the time goes, in words that somebody wrote: Markdown. */
  readonly notes: string;
}

const HOW = `Every figure is the median of all rounds; contenders take turns within a round, each as a process of its own with an
empty home, and a ratio is the median of the ratios within the rounds. Seconds, CPU and memory include starting the
program; start-up is the same call with a file of one byte. Ratios are theirs ÷ ours: above 1 we are faster, or take
less. Whoever did not deliver every byte would be listed as failed. See [README.md](README.md).`;

/** The results as a page in Markdown, laid out by the project's own formatter. */
export async function resultsPage(results: Results): Promise<string> {
  const goals = results.findings.flatMap(({ title, goals }) =>
    goals.map(({ asked, found, met }) => [title, asked, found, verdict(met)]),
  );
  const page = [
    '# Results',
    `Written by \`${results.command}\`, ${results.rounds === 1 ? 'one round' : `${results.rounds} rounds`}.`,
    HOW,
    '## Machine and versions',
    [...results.machine, ...results.versions].map((line) => `- ${line}`).join('\n'),
    results.absent.length > 0 ? `Not installed, so not measured: ${results.absent.join(', ')}.` : '',
    '## Goals',
    table(['scenario', 'goal', 'found', ''], goals),
    ...results.findings.map(({ title, text }) => `## ${title}\n\n${text}`),
    results.notes,
  ].join('\n\n');
  return format(page, { ...(await resolveConfig(import.meta.filename)), parser: 'markdown' });
}

function verdict(met: boolean | null): string {
  if (met === null) return 'not measured';
  return met ? 'met' : '**not met**';
}
