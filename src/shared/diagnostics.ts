import { scrubbed, withoutNames } from './scrubbing.ts';

/** What a report of a fault is told: facts by name, none of which holds a name, a key or a link, and the log. */
export interface Diagnostics {
  readonly facts: readonly (readonly [name: string, fact: string])[];
  /** Oldest first. */
  readonly log: readonly string[];
  /** What a person calls their accounts, buckets and folders; taken out wherever it stands. */
  readonly names: readonly string[];
}

/**
 * Markdown, ready to be pasted into a report, in English whatever the window speaks: it is read by whoever mends the
 * fault. Every line of the log is scrubbed here once more, for an older Sandglass may have written it.
 */
export function diagnosticsText({ facts, log, names }: Diagnostics): string {
  const rows = facts.map(([name, fact]) => `| ${name} | ${fact.replace(/[|\s]+/g, ' ')} |`);
  return [
    '### Sandglass diagnostics',
    '',
    '|     |     |',
    '| --- | --- |',
    ...rows,
    '',
    `<details><summary>Log (${log.length} lines)</summary>`,
    '',
    '```text',
    ...log.map((line) => withoutNames(scrubbed(line), names).replaceAll('`', '’')),
    '```',
    '',
    '</details>',
    '',
  ].join('\n');
}
