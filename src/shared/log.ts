import { scrubbed } from './scrubbing.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/**
 * What belongs to an event: ids, codes, numbers. Names of files, buckets and accounts are nobody's business, and no
 * caller hands them over. `said` may be a sentence; it stands last, for scrubbing may take the rest of a line.
 */
export interface LogFields {
  readonly share?: string | undefined;
  readonly code?: string | undefined;
  /** S3's own id of a request. */
  readonly request?: string | null | undefined;
  readonly [name: string]: string | number | boolean | null | undefined;
  readonly said?: string | undefined;
}

/** Where the app writes down what happens to it. Writing never throws and stops nothing. */
export interface Log {
  write(level: LogLevel, event: string, fields?: LogFields): void;
}

/** For whom nobody reads. */
export const NO_LOG: Log = { write: () => undefined };

/** One line, scrubbed. @param at milliseconds since 1970; the line tells UTC */
export function logLine(at: number, level: LogLevel, event: string, fields: LogFields = {}): string {
  const { said, ...others } = fields;
  const facts = Object.entries(said === undefined ? others : { ...others, said })
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${String(value)}`);
  return `${new Date(at).toISOString()} ${scrubbed([level.padEnd(5), event, ...facts].join(' '))}`;
}

/** How many frames of a stack are told, and what of each: the file's own name and the place in it, no folder. */
const FRAMES = 5;
const FRAME = /^\s+at .*?([\w.-]+\.[cm]?[jt]s:\d+:\d+)\)?$/;

/** What a log tells of an error that nobody has expected. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  const at = frames.slice(0, FRAMES).join(',') || undefined;
  return { name: error.name, code, at, said: error.message };
}
