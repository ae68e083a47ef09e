import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import {
  channelOf,
  ipcContract,
  type Bridge,
  type PushName,
  type RequestName,
} from '../shared/ipc-contract.ts';

/** `window.sandglass`: a function for each request and a listener for each push of the contract, and nothing else. */
const requests = Object.keys(ipcContract.requests) as RequestName[];
const pushes = Object.keys(ipcContract.pushes) as PushName[];

const asking = (name: RequestName) => (input: unknown) => ipcRenderer.invoke(channelOf(name), input);

const listening = (name: PushName) => (listener: (push: unknown) => void) => {
  const hear = (_event: IpcRendererEvent, push: unknown) => {
    listener(push);
  };
  ipcRenderer.on(channelOf(name), hear);
  return () => {
    ipcRenderer.off(channelOf(name), hear);
  };
};

/** A path goes to main alone: only the operating system can have put it behind a File. */
const offerFiles = (files: readonly File[]) => {
  const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
  // A picture that is dragged out of a browser has no path: there is nothing to ask about.
  if (paths.length === 0) return Promise.resolve({ ok: true, value: [] });
  return ipcRenderer.invoke(channelOf('offerFiles'), { paths });
};

const bridge = {
  ...Object.fromEntries(requests.map((name) => [name, asking(name)])),
  ...Object.fromEntries(
    pushes.map((name) => [`on${name.charAt(0).toUpperCase()}${name.slice(1)}`, listening(name)]),
  ),
  offerFiles,
} as unknown as Bridge;

contextBridge.exposeInMainWorld('sandglass', bridge);
