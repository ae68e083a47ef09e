import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { SandglassError } from '../../shared/errors.ts';
import type { ProgressDisplay, Terminal } from '../command/terminal.ts';

const NO_DISPLAY: ProgressDisplay = { update: () => undefined, stop: () => undefined };

/** The process's own streams. */
export class ConsoleTerminal implements Terminal {
  #bar: SingleBar | null = null;
  readonly interactive = process.stdin.isTTY && process.stderr.isTTY;

  constructor() {
    // Whoever read the output has seen enough, as `head` has: what was begun is ended all the same.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      this.say(`sandglass: The output cannot be written (${error.code ?? error.name}).`);
      process.exitCode = 1;
    });
    process.stderr.on('error', () => undefined);
  }

  out(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  say(line: string): void {
    // A bar that is shown is drawn again below what is said.
    process.stderr.write(this.#bar ? `\r\x1b[K${line}\n` : `${line}\n`);
  }

  async ask(question: string, secret: boolean): Promise<string> {
    const lines = createInterface({
      input: process.stdin,
      output: secret ? silence() : process.stderr,
      terminal: true,
    });
    // Only now that the terminal echoes nothing: whoever types fast must not be faster than this.
    if (secret) process.stderr.write(question);
    try {
      return await lines.question(secret ? '' : question);
    } catch (error) {
      // Ctrl-C or Ctrl-D instead of an answer.
      throw new SandglassError('interrupted', 'Nothing was changed.', { cause: error });
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
      format: '{name} [{bar}] {percentage}% {eta_formatted} left',
      stream: process.stderr,
      // Updates come with every chunk; fewer would make the time left jump.
      etaBuffer: 512,
      hideCursor: true,
      forceRedraw: true,
      clearOnComplete: true,
    });
    bar.start(totalBytes, 0, { name });
    this.#bar = bar;
    return {
      update: (sentBytes) => {
        bar.update(sentBytes);
      },
      stop: () => {
        this.#bar = null;
        bar.stop();
      },
    };
  }
}

function silence(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}
