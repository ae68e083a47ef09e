/** The terminal, or what stands in its place when a script calls. */
export interface Terminal {
  /** True where a person reads standard error and types on standard input. */
  readonly interactive: boolean;
  /** A line on standard output: what the command is for, and nothing else. */
  out(line: string): void;
  /** A line on standard error: everything said beside it. */
  say(line: string): void;
  /** Asks a person; what they type is not shown where it is a secret. */
  ask(question: string, secret: boolean): Promise<string>;
  /** Standard input to its end, for scripts. */
  readInput(): Promise<string>;
  /** Opens a progress display for so many bytes; none where nobody looks. */
  progress(name: string, totalBytes: number): ProgressDisplay;
}

export interface ProgressDisplay {
  /** Bytes sent so far. */
  update(sentBytes: number): void;
  stop(): void;
}
