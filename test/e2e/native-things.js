/**
 * Loaded before the app with Electron's `-r`. Electron tells nobody what is in a tray, a notification or a dialog; this
 * keeps each where a spec can look, from the first moment on. Dialogs are answered with what Escape chooses, and told on
 * the standard output as well, for a start that ends before a spec could ask it.
 */
import { dialog, Notification, Tray } from 'electron';

const kept = Object.assign(globalThis, { menu: undefined, notices: [], dialogs: [] });

const { setContextMenu } = Tray.prototype;
Tray.prototype.setContextMenu = function (menu) {
  kept.menu = menu ?? kept.menu;
  setContextMenu.call(this, menu);
};

const { show } = Notification.prototype;
Notification.prototype.show = function () {
  kept.notices.push(this);
  show.call(this);
};

dialog.showMessageBox = (...given) => {
  const { message, detail, buttons, cancelId = 0 } = given.at(-1);
  kept.dialogs.push({ message, detail, buttons });
  process.stdout.write(`dialog: ${JSON.stringify({ message, detail, buttons })}\n`);
  return Promise.resolve({ response: cancelId, checkboxChecked: false });
};
