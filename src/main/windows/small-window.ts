import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Logger } from '../../core/base/logger.ts';
import { BOARD_ADDRESS } from './page.ts';
import type { Rectangle } from './place.ts';
import { ANY_WINDOW, backgroundOf } from './window-shape.ts';

export interface SmallWindow {
  /** Makes the window and loads its page, unseen, so that it can be shown at once later. */
  warmUp(): void;
  /** Gives the memory of an unseen window back. */
  coolDown(): void;
  /** Shows it; with `focus` it takes the keyboard, else whatever had it keeps it. */
  show(options: { focus: boolean }): void;
  hide(): void;
  isVisible(): boolean;
  /** Whether this is its window. */
  is(window: BrowserWindow): boolean;
  /** The page is so many CSS pixels high. */
  fit(height: number): void;
}

export interface SmallWindowOptions {
  /** What the page shows, such as `#/pop-up`. */
  address: string;
  width: number;
  /** Until the page has told its own. */
  height: number;
  /** Where it goes, in the pixels of the desktop. */
  place(workArea: Rectangle, size: { width: number; height: number }): Rectangle;
  /** Whether the desktop puts windows where it wants, and lets none stay on top (Wayland). */
  isPlacedByDesktop: boolean;
  logger: Logger;
  isEnding(): boolean;
  /** A person closed it, by the desktop's own means. */
  onClose(): void;
}

/** How long a window that is to be shown waits for its page to tell its height. */
const FIT_MS = 60;
/** A page that hears of it first has told its height shortly before. */
const JUST_FITTED_MS = 500;

/**
 * A small window without a frame that stays on top of the others. It is made when it is needed first, and hidden instead
 * of closed; a page that died is made anew the next time.
 */
export function createSmallWindow(options: SmallWindowOptions): SmallWindow {
  const { address, width, isPlacedByDesktop, logger } = options;
  let window: BrowserWindow | null = null;
  let { height } = options;
  /** How it is to be shown once its page is there; null when it is not to be shown, or is shown already. */
  let wanted: { focus: boolean } | null = null;
  let isReady = false;
  let patience: NodeJS.Timeout | undefined;
  let fittedAt = Number.NEGATIVE_INFINITY;

  function make(): BrowserWindow {
    const made = new BrowserWindow({
      ...ANY_WINDOW,
      ...bounds(1),
      frame: isPlacedByDesktop,
      // Not on macOS: there a window with this off takes no size from us either.
      resizable: process.platform === 'darwin',
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      autoHideMenuBar: true,
      // Both are shown without becoming the active window.
      ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
      ...(process.platform === 'linux' && !isPlacedByDesktop ? { type: 'notification' } : {}),
      backgroundColor: backgroundOf(nativeTheme.shouldUseDarkColors),
    });
    made.setAlwaysOnTop(true, 'screen-saver');
    if (!isPlacedByDesktop)
      made.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    made.on('page-title-updated', (event) => event.preventDefault());
    made.on('close', (event) => {
      if (options.isEnding()) return;
      event.preventDefault();
      made.hide();
      options.onClose();
    });
    made.on('closed', () => {
      if (window === made) window = null;
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      logger.warn('the page of a small window died', { address, reason });
      const wasVisible = made.isVisible();
      wanted = null;
      made.destroy();
      if (wasVisible) options.onClose();
    });
    void made.loadURL(BOARD_ADDRESS + address).catch((error: unknown) => {
      logger.error('a small window could not be loaded', { address, error });
    });
    made.once('ready-to-show', () => {
      isReady = true;
      if (wanted !== null) presentSoon();
    });
    isReady = false;
    window = made;
    return made;
  }

  function present(made: BrowserWindow, { focus }: { focus: boolean }): void {
    wanted = null;
    clearTimeout(patience);
    made.setBounds(bounds(made.webContents.getZoomFactor()));
    if (focus) {
      made.show();
      made.focus();
    } else if (!made.isVisible()) {
      made.showInactive();
    }
    made.moveTop();
  }

  /** What it is shown for makes it another height, which the page tells; when it does not, it has that height already. */
  function presentSoon(): void {
    clearTimeout(patience);
    patience = setTimeout(() => {
      if (wanted !== null && window !== null) present(window, wanted);
    }, FIT_MS);
  }

  /** `zoom` is how many pixels of the desktop a CSS pixel takes. */
  function bounds(zoom: number): Rectangle {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    return options.place(workArea, { width: Math.round(width * zoom), height: height * zoom });
  }

  return {
    warmUp() {
      if (window === null) make();
    },
    coolDown() {
      if (wanted === null && window?.isVisible() === false) window.destroy();
    },
    show(how) {
      const made = window ?? make();
      wanted = { focus: how.focus || wanted?.focus === true };
      if (!isReady) return;
      if (made.isVisible() || performance.now() - fittedAt < JUST_FITTED_MS) present(made, wanted);
      else presentSoon();
    },
    hide() {
      wanted = null;
      clearTimeout(patience);
      window?.hide();
    },
    isVisible: () => wanted !== null || window?.isVisible() === true,
    is: (other) => other === window,
    fit(needed) {
      height = needed;
      fittedAt = performance.now();
      if (window === null) return;
      if (isReady && wanted !== null) present(window, wanted);
      else window.setBounds(bounds(window.webContents.getZoomFactor()));
    },
  };
}
