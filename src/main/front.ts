import { reject } from '../contract/rejection.ts';
import type { Logger } from '../core/base/logger.ts';
import type { PortLike } from '../server/rpc-port.ts';
import type { Ending } from './lifecycle/ending.ts';
import type { Memory } from './memory.ts';
import { type BoardWindow, createBoardWindow } from './windows/board-window.ts';
import { answerPages, type PageCalls } from './windows/page-calls.ts';

/** What stands behind the board once there is a Drover. */
export interface Behind {
  logger: Logger;
  pages: Omit<PageCalls, 'firstPage'>;
  /** Whether closing the board is to leave Drover in the tray; else it is to end Drover. */
  staysInTray(): boolean;
  onQuit(): void;
  onSeen(): void;
}

/** The board, before there is a Drover behind it: its page is loaded while core and server are opened. */
export interface Front {
  board: BoardWindow;
  /** The first page of tasks, for the board that is being loaded. It is handed over once: a page of later asks for it. */
  offer(firstPage: Promise<string | null>): void;
  /** Resolves when a page of ours has drawn what it has and wants a Drover. */
  drawn: Promise<void>;
  /** Serves what the pages have asked for meanwhile, and from now on at once. Called once. */
  connect(behind: Behind): void;
}

export interface FrontOptions {
  memory: Memory;
  ending: Ending;
}

export function createFront({ memory, ending }: FrontOptions): Front {
  let behind: Behind | null = null;
  const ports: PortLike[] = [];
  let offered: Promise<string | null> | null = null;
  let draw: () => void = () => {};
  const drawn = new Promise<void>((resolve) => {
    draw = resolve;
  });
  const board = createBoardWindow({
    memory,
    logger: {
      warn: (words, fields) => behind?.logger.warn(words, fields),
      error: (words, fields) => behind?.logger.error(words, fields),
    },
    isEnding: ending.isEnding,
    staysInTray: () => behind?.staysInTray() ?? false,
    onQuit: () => (behind === null ? ending.end(0) : behind.onQuit()),
    onSeen: () => behind?.onSeen(),
  });
  answerPages({
    acceptPort(port) {
      draw();
      if (behind === null) ports.push(port);
      else behind.pages.acceptPort(port);
    },
    openBoard: (address, window) => behind?.pages.openBoard(address, window),
    async openFolder(request) {
      return behind?.pages.openFolder(request) ?? reject('unavailable', 'Drover is still starting.');
    },
    hide: (window) => behind?.pages.hide(window),
    fit: (height, window) => behind?.pages.fit(height, window),
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
      behind = there;
      for (const port of ports.splice(0)) there.pages.acceptPort(port);
    },
  };
}
