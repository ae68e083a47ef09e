/** A sandboxed preload is run as CommonJS, whatever package.json says. */
const load = require;
const { contextBridge, ipcRenderer, webUtils } = load('electron');

globalThis.preloadSecret = 'for the preload alone';

contextBridge.exposeInMainWorld('contract', {
  invoke: (channel, value) => ipcRenderer.invoke(channel, value),
  pathOf: (file) => webUtils.getPathForFile(file),
  refuse: () => {
    throw new Error('The preload refuses.');
  },
  canRequire: (name) => {
    try {
      return typeof load(name);
    } catch {
      return 'refused';
    }
  },
  onPushed: (listener) => {
    const heard = (_event, value) => listener(value);
    ipcRenderer.on('pushed', heard);
    return () => ipcRenderer.off('pushed', heard);
  },
  nested: { list: [1, 2, 3] },
});
