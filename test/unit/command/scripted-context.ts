import type { CommandContext, Rooms } from '../../../src/main/command/context.ts';
import type { ProgressDisplay, Terminal } from '../../../src/main/command/terminal.ts';

/** A terminal that writes down what it is told and answers what the test has laid ready. */
export class ScriptedTerminal implements Terminal {
  interactive = false;
  input = '';
  readonly answers: string[] = [];
  /** Lines on standard output. */
  readonly printed: string[] = [];
  /** Lines on standard error. */
  readonly said: string[] = [];
  readonly asked: { readonly question: string; readonly secret: boolean }[] = [];

  out(line: string): void {
    this.printed.push(line);
  }

  say(line: string): void {
    this.said.push(line);
  }

  ask(question: string, secret: boolean): Promise<string> {
    this.asked.push({ question, secret });
    return Promise.resolve(this.answers.shift() ?? '');
  }

  readInput(): Promise<string> {
    return Promise.resolve(this.input);
  }

  progress(): ProgressDisplay {
    return { update: () => undefined, stop: () => undefined };
  }
}

export interface ScriptedContext extends CommandContext {
  readonly terminal: ScriptedTerminal;
  /** How often the rooms were asked for. */
  readonly opened: () => number;
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
}

export const NOON = Date.UTC(2026, 6, 1, 12);

/** The world around a command: rooms only as far as a test gives them, and the clock at noon. */
export function scriptedContext(
  rooms: Partial<Rooms> = {},
  env: Readonly<Record<string, string | undefined>> = {},
): ScriptedContext {
  const hooks = new Set<() => void>();
  let opened = 0;
  return {
    terminal: new ScriptedTerminal(),
    env,
    clock: { now: () => NOON },
    version: '1.2.3',
    openRooms: () => {
      opened++;
      return Promise.resolve(rooms as Rooms);
    },
    diagnosis: () => Promise.resolve('### Sandglass diagnostics\n'),
    onInterrupt: (callback) => {
      hooks.add(callback);
      return () => hooks.delete(callback);
    },
    opened: () => opened,
    interrupt: () => {
      for (const hook of hooks) hook();
    },
  };
}
