import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { DesktopNotice } from '../../contract/desktop.ts';
import type { Logger } from '../../core/base/logger.ts';
import type { DesktopState } from '../desktop-state.ts';
import { createReloadLimit } from '../lifecycle/reload-limit.ts';
import { BOARD_ADDRESS } from './page.ts';
import { placeOnScreen, type Rectangle } from './place.ts';
import { ANY_WINDOW, backgroundOf } from './window-shape.ts';
import { followZoomKeys } from './zoom.ts';

export interface BoardWindow {
  /** Shows the board, and in it the place `address` (such as `#/tasks/…`), if one is named. */
  show(address?: string): void;
  hide(): void;
  isFocused(): boolean;
  isVisible(): boolean;
  /** Shows a notice inside the window; the newest wait until it has been opened. */
  notice(notice: DesktopNotice): void;
  /** Whether this is its window. */
  is(window: BrowserWindow): boolean;
  /** Remembers where the window is. */
  save(): void;
}

export interface BoardWindowOptions {
  /** It is shown where it was. */
  desktopState: DesktopState;
  logger: Pick<Logger, 'warn' | 'error'>;
  /** Whether closing the window is to leave Drover in the tray; else it is to end Drover. */
  staysInTray(): boolean;
  isEnding(): boolean;
  onQuit(): void;
  /** A person has closed the window, and Drover stays in the tray. */
  onHiddenToTray(): void;
  /** A person looks at the board, or has just looked away. */
  onSeen(): void;
}

const SIZE = { width: 1280, height: 800 };
const LEAST = { minWidth: 420, minHeight: 320 };
const SAVE_MS = 500;
const MOST_NOTICES_KEPT = 5;

/** The one window. It is made when it is first shown, and hidden instead of closed. */
export function createBoardWindow(options: BoardWindowOptions): BoardWindow {
  const { desktopState } = options;
  let window: BrowserWindow | null = null;
  /** What a window is like that was not shown yet says nothing. */
  let wasShown = false;
  let kept: DesktopNotice[] = [];

  return {
    show(address) {
      if (window === null) {
        window = open(options, address);
        window.on('closed', () => {
          window = null;
        });
        window.webContents.once('did-finish-load', () => {
          for (const notice of kept.splice(0)) window?.webContents.send('drover:notice', notice);
        });
        return;
      }
      if (address !== undefined) window.webContents.send('drover:go', address);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hide() {
      window?.hide();
    },
    isVisible: () => window?.isVisible() === true,
    isFocused: () => window?.isFocused() === true && window.isVisible(),
    notice(notice) {
      if (window === null) kept = [...kept, notice].slice(-MOST_NOTICES_KEPT);
      else window.webContents.send('drover:notice', notice);
    },
    is: (other) => other === window,
    save,
  };

  function open({ logger }: BoardWindowOptions, address = ''): BrowserWindow {
    const { place, maximized, zoom } = desktopState.get('board');
    const made = new BrowserWindow({
      ...ANY_WINDOW,
      ...SIZE,
      ...LEAST,
      ...(place && placeOnScreen(place, workAreas())),
      autoHideMenuBar: true,
      backgroundColor: backgroundOf(nativeTheme.shouldUseDarkColors),
    });
    made.once('ready-to-show', () => {
      made.webContents.setZoomLevel(zoom);
      if (maximized) made.maximize();
      made.show();
      wasShown = true;
      saveSoonAfterChanges(made);
    });
    followZoomKeys(made.webContents, save);
    made.on('page-title-updated', (event) => event.preventDefault());
    made.on('focus', options.onSeen);
    made.on('blur', options.onSeen);
    made.on('hide', options.onSeen);
    made.on('close', (event) => {
      if (options.isEnding()) return;
      event.preventDefault();
      if (!options.staysInTray()) return options.onQuit();
      made.hide();
      return options.onHiddenToTray();
    });
    reloadAfterCrash(made, logger);
    void made.loadURL(BOARD_ADDRESS + address).catch((error: unknown) => {
      logger.error('the board could not be loaded', { error });
    });
    return made;
  }

  function save(): void {
    if (window === null || window.isDestroyed() || !wasShown) return;
    const zoom = window.webContents.getZoomLevel();
    desktopState.set('board', { place: window.getNormalBounds(), maximized: window.isMaximized(), zoom });
  }

  function saveSoonAfterChanges(made: BrowserWindow): void {
    let timer: NodeJS.Timeout | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        save();
      }, SAVE_MS);
    };
    made.on('resize', soon);
    made.on('move', soon);
    made.on('hide', save);
    // By the wheel.
    made.webContents.on('zoom-changed', soon);
    made.on('closed', () => clearTimeout(timer ?? undefined));
  }
}

/** Where windows can be: of every screen, the first one first. */
function workAreas(): Rectangle[] {
  return [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
}

/** A page that died is loaded again where it was: its address says what it shows, and the core has all the rest. */
function reloadAfterCrash(window: BrowserWindow, logger: Pick<Logger, 'warn'>): void {
  const mayReload = createReloadLimit();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    logger.warn('the page died', { reason });
    if (mayReload(Date.now())) window.webContents.reload();
    else {
      dialog.showErrorBox(
        'The window of Drover keeps crashing',
        'Tasks keep running. Quit Drover from the tray and start it again.',
      );
    }
  });
}

/** The usual keys of editing work, also without a menu bar. */
export function applicationMenuTemplate(onQuit: () => void): Electron.MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin';
  return [
    ...(isMac
      ? [
          {
            label: app.name,
            submenu: [
              { role: 'about' as const },
              { type: 'separator' as const },
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { type: 'separator' as const },
              { label: `Quit ${app.name}`, accelerator: 'Cmd+Q', click: onQuit },
            ],
          },
        ]
      : [
          {
            label: 'File',
            submenu: [{ role: 'close' as const }, { label: 'Quit', accelerator: 'Ctrl+Q', click: onQuit }],
          },
        ]),
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
}
