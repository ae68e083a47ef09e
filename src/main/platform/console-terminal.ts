import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { ProgressDisplay, Terminal } from '../command/terminal.ts';

const NO_DISPLAY: ProgressDisplay = { update: () => undefined, stop: () => undefined };

/** The process's own streams. */
export class ConsoleTerminal implements Terminal {
  readonly interactive = process.stdin.isTTY && process.stderr.isTTY;

  out(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  async ask(question: string, secret: boolean): Promise<string> {
    process.stderr.write(question);
    const output = secret
      ? new Writable({
          write: (_chunk, _encoding, done) => {
            done();
          },
        })
      : process.stderr;
    const lines = createInterface({ input: process.stdin, output, terminal: true });
    try {
      return await lines.question('');
    } finally {
      lines.close();
      if (secret) process.stderr.write('\n');
    }
  }

  readInput(): Promise<string> {
    return text(process.stdin);
  }

  progress(name: string, totalBytes: number): ProgressDisplay {
    if (!process.stderr.isTTY || totalBytes === 0) return NO_DISPLAY;
    const bar = new SingleBar({
      format: `${name} [{bar}] {percentage}% {eta_formatted} left`,
      stream: process.stderr,
      // Updates come with every chunk; fewer would make the time left jump.
      etaBuffer: 512,
      hideCursor: true,
      clearOnComplete: true,
    });
    bar.start(totalBytes, 0);
    return {
      update: (sentBytes) => {
        bar.update(sentBytes);
      },
      stop: () => {
        bar.stop();
      },
    };
  }
}
