import { join } from 'node:path';
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { ShareRow } from '../../shared/board.ts';
import { describeTimeLeft } from '../../shared/expiry.ts';
import { inEachLanguage, shellWords } from '../../shared/words/spoken.ts';

export interface TrayActions {
  /** Live links, newest first. */
  recent(): readonly ShareRow[];
  /** Milliseconds since 1970 by the server's clock. */
  now(): number;
  copy(id: string): void;
  shareFile(): void;
  open(): void;
  /** Whether there are uploads, and a person has paused all of them. */
  isAllPaused(): boolean;
  pauseAll(): void;
  resumeAll(): void;
  quit(): void;
}

const MOST_LINKS = 10;

/**
 * A text as a menu shows it letter for letter. On every system Electron's labels take one `&` as the mark of an access
 * key and two as the sign itself: Windows underlines the next letter, macOS leaves the sign out, and on Linux it becomes
 * GTK's underscore. A tab would begin the column of keys, and a line break another line.
 * https://github.com/electron/electron/issues/9584
 */
function menuText(text: string): string {
  return text.replaceAll('&', '&&').replace(/\p{Cc}/gu, ' ');
}

/**
 * The tray's picture. On macOS its name ends in `Template`, by which the system knows that it may paint it in the colour
 * of its menu bar. https://www.electronjs.org/docs/latest/api/native-image#template-image-macos
 * @param folder where the pictures lie
 */
export function trayImage(folder: string, platform: NodeJS.Platform): string {
  return join(folder, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png');
}

/** The tray: the last live links at hand, whatever the window does. */
export class TrayMenu {
  readonly #tray: Tray;
  readonly #actions: TrayActions;
  #shown = '';

  /** @param image a path */
  constructor(image: string, actions: TrayActions) {
    this.#tray = new Tray(nativeImage.createFromPath(image));
    this.#actions = actions;
    inEachLanguage(() => {
      this.#tray.setToolTip(shellWords.tray.tooltip);
    });
    this.#tray.on('click', () => {
      actions.open();
    });
    this.refresh();
  }

  /**
   * Writes the menu anew: its words tell how long each link has left. A menu that would say the same stays, for it may
   * be open; and so does one where the links cannot be read just now.
   */
  refresh(): void {
    let template: MenuItemConstructorOptions[];
    try {
      template = this.#template();
    } catch {
      return;
    }
    const shown = JSON.stringify(template);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setContextMenu(Menu.buildFromTemplate(template));
  }

  #template(): MenuItemConstructorOptions[] {
    const { tray } = shellWords;
    const links = this.#actions
      .recent()
      .slice(0, MOST_LINKS)
      .map((row) => this.#linkItem(row));
    return [
      ...(links.length > 0 ? links : [{ label: tray.noLinks, enabled: false }]),
      { type: 'separator' },
      {
        label: tray.shareFile,
        click: () => {
          this.#actions.shareFile();
        },
      },
      {
        label: tray.open,
        click: () => {
          this.#actions.open();
        },
      },
      this.#pauseItem(),
      { type: 'separator' },
      {
        label: tray.quit,
        click: () => {
          this.#actions.quit();
        },
      },
    ];
  }

  #pauseItem(): MenuItemConstructorOptions {
    const { tray } = shellWords;
    const actions = this.#actions;
    return actions.isAllPaused()
      ? {
          label: tray.resumeAll,
          click: () => {
            actions.resumeAll();
          },
        }
      : {
          label: tray.pauseAll,
          click: () => {
            actions.pauseAll();
          },
        };
  }

  #linkItem({ id, name, expiresAt }: ShareRow): MenuItemConstructorOptions {
    const left = describeTimeLeft(expiresAt - this.#actions.now(), shellWords.units);
    return {
      id,
      label: menuText(shellWords.tray.link(name, left)),
      click: () => {
        this.#actions.copy(id);
      },
    };
  }
}
