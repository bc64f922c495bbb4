import { app, dialog, type Session, shell } from 'electron';
import { truncate } from '../../contract/text.ts';
import { isOurs } from './page.ts';
import { isWebAddress } from './web-address.ts';

/**
 * Shuts the ways out of every page: no other page, window, frame or webview, no permission, no download. A link to the
 * web opens in the system's browser after a person has seen where it leads.
 */
export function guardPages(session: Session): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      void askAndOpen(url);
      return { action: 'deny' };
    });
  });
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === CLIPBOARD));
  session.setPermissionCheckHandler((_contents, permission) => permission === CLIPBOARD);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Copying by a button; reading the clipboard is another permission. */
const CLIPBOARD = 'clipboard-sanitized-write';
const MOST_LETTERS = 300;

/** One question at a time: a page that opens a thousand windows asks once. */
let asking = false;

async function askAndOpen(address: string): Promise<void> {
  if (asking || !isWebAddress(address)) return;
  asking = true;
  try {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: 'Open this link in your browser?',
      detail: truncate(address, MOST_LETTERS),
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    if (response === 0) await shell.openExternal(address);
  } catch (error) {
    dialog.showErrorBox('The link could not be opened', error instanceof Error ? error.message : String(error));
  } finally {
    asking = false;
  }
}
