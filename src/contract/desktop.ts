/**
 * What the window and the desktop app around it say to each other besides the contract. In a browser tab there is no
 * `desktop`, and the page uses a WebSocket.
 */

/** The page posts this to itself with one end of a message channel; the contract is then served over it. */
export const PORT_MESSAGE = 'drover-port';

/** Shown inside the window because the desktop cannot show notifications. */
export interface DesktopNotice {
  title: string;
  body: string;
  /** The task it is about; null for several. */
  taskId: string | null;
}

/** What the preload script puts on the page as `desktop`. */
export interface Desktop {
  /** Node's `process.platform`. */
  readonly platform: string;
  /** Calls back for every notice; gives a function that ends it. */
  onNotice(listener: (notice: DesktopNotice) => void): () => void;
}

/** Where the page shows a task: the desktop app goes there by the part of the address after `#`. */
export function taskAddress(taskId: string): string {
  return `#/tasks/${taskId}`;
}

/** Where the page shows the dialog for a new task. */
export const NEW_TASK_ADDRESS = '#/new';
