import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { SandglassError } from '../../shared/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where desktops look for what they start at login. https://specifications.freedesktop.org/autostart-spec/latest/ */
export function autostartFile(env: Environment, home: string): string {
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'autostart', 'sandglass.desktop');
}

/** The start at login on Linux, which Electron does not know: a desktop entry in the autostart folder. */
export class AutostartEntry {
  readonly #path: string;
  readonly #command: readonly string[];

  /** @param command the program and its arguments, whole paths */
  constructor(path: string, command: readonly string[]) {
    this.#path = path;
    this.#command = command;
  }

  /** What the system will do, also where a person has changed it there. */
  isOn(): boolean {
    try {
      const text = readFileSync(this.#path, 'utf8');
      return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(text);
    } catch {
      return false;
    }
  }

  /** @throws SandglassError disk-full */
  set(on: boolean): void {
    try {
      if (!on) {
        rmSync(this.#path, { force: true });
        return;
      }
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileAtomic(this.#path, this.#entry());
    } catch (error) {
      throw new SandglassError('disk-full', 'The system does not let Sandglass start at login.', {
        next: 'Check the rights of the autostart folder.',
        cause: error,
      });
    }
  }

  #entry(): string {
    const lines = [
      '[Desktop Entry]',
      'Type=Application',
      'Name=Sandglass',
      `Exec=${this.#command.map(quoted).join(' ')}`,
      'Terminal=false',
      'X-GNOME-Autostart-enabled=true',
    ];
    return `${lines.join('\n')}\n`;
  }
}

/**
 * An argument as Exec wants it: in double quotes, what the shell would read escaped, `%` doubled for the field codes,
 * and every backslash doubled once more, for the file format takes it for an escape of its own.
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inQuotes}"`.replaceAll('\\', '\\\\');
}
