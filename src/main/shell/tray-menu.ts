import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { ShareRow } from '../../shared/board.ts';
import { describeTimeLeft } from '../../shared/expiry.ts';
import { shellWords } from '../../shared/words/shell.ts';

export interface TrayActions {
  /** Live links, newest first. */
  recent(): readonly ShareRow[];
  /** Milliseconds since 1970 by the server's clock. */
  now(): number;
  copy(id: string): void;
  shareFile(): void;
  open(): void;
  pauseAll(): void;
  quit(): void;
}

const MOST_LINKS = 10;

/** The tray: the last live links at hand, whatever the window does. */
export class TrayMenu {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  /** @param image a path; on macOS a template image */
  constructor(image: string, actions: TrayActions) {
    this.#tray = new Tray(nativeImage.createFromPath(image));
    this.#actions = actions;
    this.#tray.setToolTip(shellWords.tray.tooltip);
    this.#tray.on('click', () => {
      actions.open();
    });
    this.refresh();
  }

  /** Writes the menu anew: its words tell how long each link has left. */
  refresh(): void {
    this.#tray.setContextMenu(Menu.buildFromTemplate(this.#template()));
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
      {
        label: tray.pauseAll,
        click: () => {
          this.#actions.pauseAll();
        },
      },
      { type: 'separator' },
      {
        label: tray.quit,
        click: () => {
          this.#actions.quit();
        },
      },
    ];
  }

  #linkItem({ id, name, expiresAt }: ShareRow): MenuItemConstructorOptions {
    const left = describeTimeLeft(expiresAt - this.#actions.now());
    return {
      label: shellWords.tray.link(name, left),
      click: () => {
        this.#actions.copy(id);
      },
    };
  }
}
