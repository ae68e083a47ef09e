import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface LineOutcome {
  readonly code: number | null;
  /** What the server said. */
  readonly stdout: string;
  /** S3's error code, where the answer is an `<Error>`. */
  readonly refusal: string | null;
}

/**
 * Runs a line as somebody does who was sent it: in a shell of their own, with the name of their file put in.
 * @param words what stands in place of the line's words in capitals
 */
export async function runLine(
  line: string,
  folder: string,
  words: Readonly<Record<string, string>>,
): Promise<LineOutcome> {
  const filled = Object.entries(words).reduce((text, [word, value]) => text.replace(word, value), line);
  const child = spawn('sh', ['-c', filled.replace(/^curl /, 'curl -sS ')], { cwd: folder });
  child.stdin.end();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, code] = await Promise.all([text(child.stdout), ended, text(child.stderr)]);
  return { code, stdout, refusal: /<Code>([^<]*)<\/Code>/.exec(stdout)?.[1] ?? null };
}
