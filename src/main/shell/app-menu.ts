import { Menu, type MenuItemConstructorOptions } from 'electron';
import { inEachLanguage, shellWords } from '../../shared/words/spoken.ts';
import { openOutside } from './outside-pages.ts';

export interface MenuActions {
  shareFile(): void;
  connect(): void;
  preferences(): void;
  copyDiagnostics(): void;
}

/** The application's menu; its accelerators work in the window on every system. */
export function setAppMenu(platform: NodeJS.Platform, actions: MenuActions): void {
  inEachLanguage(() => {
    const { menu } = shellWords;
    const template: MenuItemConstructorOptions[] = [
      ...(platform === 'darwin' ? [macMenu()] : []),
      fileMenu(actions),
      { role: 'editMenu', label: menu.edit, submenu: editItems() },
      { label: menu.view, submenu: viewItems() },
      { role: 'windowMenu', label: menu.window, submenu: windowItems(platform) },
      helpMenu(actions),
    ];
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  });
}

function fileMenu(actions: MenuActions): MenuItemConstructorOptions {
  const { menu } = shellWords;
  return {
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
      { role: 'close', label: menu.close },
      { role: 'quit', label: menu.quit },
    ],
  };
}

/** Electron's own words for what the system does are English everywhere, so each has its words here. */
function editItems(): MenuItemConstructorOptions[] {
  const { undo, redo, cut, copy, paste, selectAll } = shellWords.menu;
  return [
    { role: 'undo', label: undo },
    { role: 'redo', label: redo },
    { type: 'separator' },
    { role: 'cut', label: cut },
    { role: 'copy', label: copy },
    { role: 'paste', label: paste },
    { role: 'selectAll', label: selectAll },
  ];
}

function viewItems(): MenuItemConstructorOptions[] {
  const { actualSize, zoomIn, zoomOut } = shellWords.menu;
  return [
    { role: 'resetZoom', label: actualSize },
    { role: 'zoomIn', label: zoomIn },
    // The role’s own keys need Shift on most keyboards, and an item has one accelerator only.
    // https://github.com/electron/electron/issues/40674
    ...['CmdOrCtrl+=', 'CmdOrCtrl+numadd'].map((accelerator): MenuItemConstructorOptions => ({
      ...{ role: 'zoomIn', label: zoomIn, accelerator },
      ...{ visible: false, acceleratorWorksWhenHidden: true },
    })),
    { role: 'zoomOut', label: zoomOut },
  ];
}

function windowItems(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const { minimize, close, zoomWindow, bringToFront } = shellWords.menu;
  if (platform !== 'darwin') {
    return [
      { role: 'minimize', label: minimize },
      { role: 'close', label: close },
    ];
  }
  return [
    { role: 'minimize', label: minimize },
    { role: 'zoom', label: zoomWindow },
    { type: 'separator' },
    { role: 'front', label: bringToFront },
  ];
}

function macMenu(): MenuItemConstructorOptions {
  const { about, services, hide, hideOthers, showAll, quitApp } = shellWords.menu;
  return {
    role: 'appMenu',
    label: shellWords.appName,
    submenu: [
      { role: 'about', label: about },
      { type: 'separator' },
      { role: 'services', label: services },
      { type: 'separator' },
      { role: 'hide', label: hide },
      { role: 'hideOthers', label: hideOthers },
      { role: 'unhide', label: showAll },
      { type: 'separator' },
      { role: 'quit', label: quitApp },
    ],
  };
}

function helpMenu(actions: MenuActions): MenuItemConstructorOptions {
  const { help, aboutLinks, copyDiagnostics } = shellWords.menu;
  const submenu: MenuItemConstructorOptions[] = [
    {
      label: aboutLinks,
      click: () => void openOutside('presigned-links').catch(() => undefined),
    },
    {
      label: copyDiagnostics,
      click: () => {
        actions.copyDiagnostics();
      },
    },
  ];
  return { role: 'help', label: help, submenu };
}
