import { BrowserWindow, dialog, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { type OpenOnDesktop, PAGE_CALLS, PORT_MESSAGE, TERMINAL_PORT_MESSAGE } from '../../contract/desktop.ts';
import type { PortLike } from '../../server/rpc-port.ts';
import { isOurs } from './page.ts';
import { isFolderRequest, isHeight, isPlace } from './page-call-shapes.ts';

export interface PageCalls {
  /** Serves the contract over a port of one of our pages. */
  acceptPort(port: PortLike): void;
  /** Serves one terminal over a port of one of our pages. */
  acceptTerminalPort(port: PortLike): void;
  /** The page in `window` asks for the board at a place. */
  openBoard(address: string, window: BrowserWindow): void;
  hide(window: BrowserWindow): void;
  /** The page in `window` is so many CSS pixels high. */
  fit(height: number, window: BrowserWindow): void;
  /** Opens a folder that Drover names; the page never names one itself. */
  openFolder: OpenOnDesktop;
  /** The first page of tasks for the page in `window`, if it can be known already. The page waits for it. */
  firstPage(window: BrowserWindow): Promise<string | null>;
}

/**
 * Answers what our own pages ask for. Whatever comes from another frame, or has another shape, is dropped without a word:
 * our pages do not send such things.
 */
export function answerPages(calls: PageCalls): void {
  ipcMain.on(PORT_MESSAGE, (event) => {
    const ours = isOurPage(event);
    for (const port of event.ports) {
      if (ours) calls.acceptPort(port);
      else port.close();
    }
  });
  ipcMain.on(TERMINAL_PORT_MESSAGE, (event) => {
    const ours = isOurPage(event);
    for (const port of event.ports) {
      if (ours) calls.acceptTerminalPort(port);
      else port.close();
    }
  });
  ipcMain.handle(PAGE_CALLS.pickFolder, async (event) => {
    const window = isOurPage(event) ? BrowserWindow.fromWebContents(event.sender) : null;
    return window === null ? null : pickFolder(window);
  });
  ipcMain.handle(PAGE_CALLS.openFolder, async (event, request: unknown) => {
    return isOurPage(event) && isFolderRequest(request) ? calls.openFolder(request) : null;
  });
  // The empty page that a window has before ours asks, too.
  ipcMain.on(PAGE_CALLS.firstPage, async (event) => {
    const window = isOurPage(event) ? BrowserWindow.fromWebContents(event.sender) : null;
    event.returnValue = window === null ? null : await calls.firstPage(window);
  });
  hear(PAGE_CALLS.openBoard, (window, address) => {
    if (isPlace(address)) calls.openBoard(address, window);
  });
  hear(PAGE_CALLS.hide, (window) => calls.hide(window));
  hear(PAGE_CALLS.fit, (window, height) => {
    if (isHeight(height)) calls.fit(height, window);
  });
}

function hear(name: string, listener: (window: BrowserWindow, argument: unknown) => void): void {
  ipcMain.on(name, (event, argument: unknown) => {
    const window = isOurPage(event) ? BrowserWindow.fromWebContents(event.sender) : null;
    if (window !== null) listener(window, argument);
  });
}

/** Whether a message comes from a page of ours, and not from a frame inside it. */
function isOurPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);
}

/** One dialog at a time, however often a page asks. */
let picking: Promise<string | null> | null = null;

function pickFolder(window: BrowserWindow): Promise<string | null> {
  picking ??= dialog
    .showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'], buttonLabel: 'Choose' })
    .then(({ filePaths }) => filePaths[0] ?? null)
    .finally(() => {
      picking = null;
    });
  return picking;
}
