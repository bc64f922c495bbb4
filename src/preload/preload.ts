import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  type Desktop,
  type DesktopNotice,
  PAGE_CALLS,
  PORT_MESSAGE,
  TERMINAL_PORT_MESSAGE,
} from '../contract/desktop.ts';

/** Passes one port to the host, and a few words between the page and the desktop app. It knows no call of the contract. */
window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source !== window || port === undefined) return;
  if (event.data === PORT_MESSAGE || event.data === TERMINAL_PORT_MESSAGE) {
    ipcRenderer.postMessage(event.data, null, [port]);
  }
});

ipcRenderer.on('drover:go', (_event, address: string) => {
  if (address.startsWith('#/')) window.location.hash = address;
});

const listeners = new Set<(notice: DesktopNotice) => void>();
/** What came before the page listened. */
const early: DesktopNotice[] = [];
ipcRenderer.on('drover:notice', (_event, notice: DesktopNotice) => {
  if (listeners.size === 0) early.push(notice);
  for (const listener of listeners) listener(notice);
});

/** Asked for here, while the desktop app has nothing else to do: later it reads its program. */
const firstPage: unknown = ipcRenderer.sendSync(PAGE_CALLS.firstPage);

const desktop: Desktop = {
  firstPage: typeof firstPage === 'string' ? firstPage : null,
  platform: process.platform,
  onNotice(listener) {
    listeners.add(listener);
    for (const notice of early.splice(0)) listener(notice);
    return () => {
      listeners.delete(listener);
    };
  },
  async pickFolder() {
    const picked: unknown = await ipcRenderer.invoke(PAGE_CALLS.pickFolder);
    return typeof picked === 'string' ? picked : null;
  },
  pathOf(file) {
    try {
      return webUtils.getPathForFile(file as File);
    } catch {
      return '';
    }
  },
  openFolder: (request) => ipcRenderer.invoke(PAGE_CALLS.openFolder, request),
  openBoard: (address) => ipcRenderer.send(PAGE_CALLS.openBoard, address),
  hide: () => ipcRenderer.send(PAGE_CALLS.hide),
  fit: (height) => ipcRenderer.send(PAGE_CALLS.fit, height),
};
contextBridge.exposeInMainWorld('desktop', desktop);
