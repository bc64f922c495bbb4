import { contextBridge, ipcRenderer } from 'electron';
import { type Desktop, type DesktopNotice, PORT_MESSAGE } from '../contract/desktop.ts';

/** Passes one port to the host, and what the host says to the page. It knows no call of the contract. */
window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
  ipcRenderer.postMessage(PORT_MESSAGE, null, [port]);
});

ipcRenderer.on('drover:go', (_event, address: string) => {
  if (address.startsWith('#/')) window.location.hash = address;
});

const desktop: Desktop = {
  platform: process.platform,
  onNotice(listener) {
    const onNotice = (_event: unknown, notice: DesktopNotice) => listener(notice);
    ipcRenderer.on('drover:notice', onNotice);
    return () => {
      ipcRenderer.off('drover:notice', onNotice);
    };
  },
};
contextBridge.exposeInMainWorld('desktop', desktop);
