import { reject } from '../contract/rejection.ts';
import type { Logger } from '../core/base/logger.ts';
import type { PortLike } from '../server/rpc-port.ts';
import type { DesktopState } from './desktop-state.ts';
import type { Shutdown } from './lifecycle/shutdown.ts';
import { type BoardWindow, createBoardWindow } from './windows/board-window.ts';
import { answerPages, type PageCalls } from './windows/page-calls.ts';

/** What stands behind the board once there is a Drover. */
export interface RunningDrover {
  logger: Logger;
  pages: Omit<PageCalls, 'firstPage'>;
  /** Whether closing the board is to leave Drover in the tray; else it is to end Drover. */
  staysInTray(): boolean;
  onQuit(): void;
  /** The board was closed and Drover stays in the tray. */
  onHiddenToTray(): void;
  onSeen(): void;
}

/** The board, before there is a Drover behind it: its page is loaded while core and server are opened. */
export interface EarlyBoard {
  board: BoardWindow;
  /** The first page of tasks, for the board that is being loaded. It is handed over once: a page of later asks for it. */
  offer(firstPage: Promise<string | null>): void;
  /** Resolves when a page of ours has drawn what it has and wants a Drover. */
  drawn: Promise<void>;
  /** Serves what the pages have asked for meanwhile, and from now on at once. Called once. */
  connect(drover: RunningDrover): void;
}

export interface EarlyBoardOptions {
  desktopState: DesktopState;
  shutdown: Shutdown;
}

export function createEarlyBoard({ desktopState, shutdown }: EarlyBoardOptions): EarlyBoard {
  let drover: RunningDrover | null = null;
  const ports: PortLike[] = [];
  let offered: Promise<string | null> | null = null;
  let draw: () => void = () => {};
  const drawn = new Promise<void>((resolve) => {
    draw = resolve;
  });
  const board = createBoardWindow({
    desktopState,
    logger: {
      warn: (words, fields) => drover?.logger.warn(words, fields),
      error: (words, fields) => drover?.logger.error(words, fields),
    },
    isEnding: shutdown.isEnding,
    staysInTray: () => drover?.staysInTray() ?? false,
    onQuit: () => (drover === null ? shutdown.end(0) : drover.onQuit()),
    onHiddenToTray: () => drover?.onHiddenToTray(),
    onSeen: () => drover?.onSeen(),
  });
  answerPages({
    acceptPort(port) {
      draw();
      if (drover === null) ports.push(port);
      else drover.pages.acceptPort(port);
    },
    acceptTerminalPort(port) {
      if (drover === null) port.close();
      else drover.pages.acceptTerminalPort(port);
    },
    openBoard: (address, window) => drover?.pages.openBoard(address, window),
    async openFolder(request) {
      return drover?.pages.openFolder(request) ?? reject('unavailable', 'Drover is still starting.');
    },
    hide: (window) => drover?.pages.hide(window),
    fit: (height, window) => drover?.pages.fit(height, window),
    async firstPage(window) {
      if (!board.is(window)) return null;
      const page = offered;
      offered = null;
      return page;
    },
  });
  return {
    board,
    drawn,
    offer(firstPage) {
      offered = firstPage;
    },
    connect(there) {
      drover = there;
      for (const port of ports.splice(0)) there.pages.acceptPort(port);
    },
  };
}
