import { ipcMain } from 'electron';
import { PORT_MESSAGE } from '../../contract/desktop.ts';
import type { Server } from '../../server/server.ts';
import { isOurs } from './page.ts';

/** Serves the contract to our own pages over the ports they send; a port from anywhere else is closed. */
export function servePorts(server: Server): void {
  ipcMain.on(PORT_MESSAGE, ({ senderFrame, ports }) => {
    const isPage = senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);
    for (const port of ports) {
      if (isPage) server.acceptPort(port);
      else port.close();
    }
  });
}
