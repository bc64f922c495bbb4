/**
 * What the window and the desktop app around it say to each other besides the contract. In a browser tab there is no
 * `desktop`, and the page uses a WebSocket.
 */
import type { Result } from './rejection.ts';

/** Where a folder can be opened. */
export const FOLDER_PLACES = ['editor', 'terminal', 'files'] as const;
export type FolderPlace = (typeof FOLDER_PLACES)[number];

/** What a client opens on its own desktop: never a path of the machine, only what Drover names the folder of. */
export type FolderRequest =
  | {
      what: 'workspace';
      workspaceId: string;
      in: FolderPlace;
      /** A file in it, relative, with `/`: in an editor that is opened instead of the folder. */
      path?: string | undefined;
    }
  | {
      what: 'terminal';
      terminalId: string;
      /** A file in the folder where the terminal was opened, relative, with `/`; it is opened in an editor. */
      path: string;
      /** Counted from 1. */
      line?: number | undefined;
      column?: number | undefined;
    }
  | { what: 'data' };

/** Opens a folder on the desktop of the process that does it. Returns a sentence; refused with what to do. */
export type OpenOnDesktop = (request: FolderRequest) => Promise<Result<{ words: string }>>;

/** The page posts this to itself with one end of a message channel; the contract is then served over it. */
export const PORT_MESSAGE = 'drover-port';

/** The same for the bytes of one terminal, see `terminal/line.ts`: the page posts it once for each that it shows. */
export const TERMINAL_PORT_MESSAGE = 'drover-terminal-port';

/** What the preload script asks the desktop app for, by the name of its message. */
export const PAGE_CALLS = {
  pickFolder: 'drover:pick-folder',
  openBoard: 'drover:open-board',
  hide: 'drover:hide',
  fit: 'drover:fit',
  openFolder: 'drover:open-folder',
  firstPage: 'drover:first-page',
} as const;

/** So many tasks are in a page of the list that the window asks for. */
export const TASK_PAGE = 2000;

/** Shown inside the window because the desktop cannot show notifications. */
export interface DesktopNotice {
  title: string;
  body: string;
  /** The task it is about; null for several. */
  taskId: string | null;
}

/** What the preload script puts on the page as `desktop`. */
export interface Desktop {
  /** The first page of `tasks.list` as JSON text, where it could be read before Drover was open; else null. */
  readonly firstPage: string | null;
  /** Node's `process.platform`. */
  readonly platform: string;
  /** Calls back for every notice; gives a function that ends it. */
  onNotice(listener: (notice: DesktopNotice) => void): () => void;
  /** Lets a person pick a folder; null when none was picked. */
  pickFolder(): Promise<string | null>;
  /** Opens a folder in a program of this desktop. */
  openFolder: OpenOnDesktop;
  /** The absolute path of a `File` (a folder too) that was dropped on the page; empty when it has none. */
  pathOf(file: object): string;
  /** Asks for the board to be shown at an address; the pop-up and quick capture cannot show it themselves. */
  openBoard(address: string): void;
  /** Hides the small window this page is in. In the board it does nothing. */
  hide(): void;
  /** Tells how high the page in a small window is, in CSS pixels, so that the window fits it. */
  fit(height: number): void;
}

/** Where the page shows a task: the desktop app goes there by the part of the address after `#`. */
export function taskAddress(taskId: string): string {
  return `#/tasks/${taskId}`;
}

/** Where the page shows the dialog for a new task. */
export const NEW_TASK_ADDRESS = '#/new';

/** Where the page shows everything that needs a person. */
export const NEEDS_YOU_ADDRESS = '#/needs-you';

/** What the small windows of the desktop app show: the oldest pending approval, and a new task in a few words. */
export const POP_UP_ADDRESS = '#/pop-up';
export const CAPTURE_ADDRESS = '#/capture';

/** Where the page shows one approval. */
export function approvalAddress(approvalId: string): string {
  return `${NEEDS_YOU_ADDRESS}/${approvalId}`;
}
