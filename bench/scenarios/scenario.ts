import type { Goal } from '../goals.ts';
import type { BenchOptions } from '../options.ts';
import type { Contender } from '../rivals/contender.ts';

/** What every scenario is given. */
export interface Bench extends BenchOptions {
  /** For files to send; deleted when the bench ends. */
  readonly folder: string;
  readonly contenders: readonly Contender[];
}

/** What a scenario found, in Markdown. */
export interface Findings {
  readonly title: string;
  readonly text: string;
  readonly goals: readonly Goal[];
}

export interface Scenario {
  /** As `--only` calls it. */
  readonly name: string;
  run(bench: Bench): Promise<Findings>;
}
