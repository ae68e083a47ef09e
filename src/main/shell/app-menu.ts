import { Menu, type MenuItemConstructorOptions } from 'electron';
import { shellWords } from '../../shared/words/shell.ts';

export interface MenuActions {
  shareFile(): void;
  connect(): void;
  preferences(): void;
}

/** The application's menu; its accelerators work in the window on every system. */
export function setAppMenu(platform: NodeJS.Platform, actions: MenuActions): void {
  const { menu } = shellWords;
  const file: MenuItemConstructorOptions = {
    label: menu.file,
    submenu: [
      {
        label: menu.shareFile,
        accelerator: 'CmdOrCtrl+O',
        click: () => {
          actions.shareFile();
        },
      },
      {
        label: menu.connect,
        click: () => {
          actions.connect();
        },
      },
      { type: 'separator' },
      {
        label: menu.preferences,
        accelerator: 'CmdOrCtrl+,',
        click: () => {
          actions.preferences();
        },
      },
      { type: 'separator' },
      { role: 'close' },
      { role: 'quit' },
    ],
  };
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    file,
    { role: 'editMenu', label: menu.edit },
    { label: menu.view, submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }] },
    { role: 'windowMenu', label: menu.window },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
