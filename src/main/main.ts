import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { app, dialog, Menu, session, shell } from 'electron';
import { TASK_PAGE } from '../contract/desktop.ts';
import { createScope } from '../core/base/scope.ts';
import { dataFolderOf, makeDataFolder } from '../host/data-folder.ts';
import { windowFolder } from '../host/window-folder.ts';
import { readDesktopState } from './desktop-state.ts';
import { createEarlyBoard } from './early-board.ts';
import { hearLaterStarts, isFirstInstance } from './lifecycle/instance.ts';
import { takeOverShutdown } from './lifecycle/shutdown.ts';
import { readStartOptions } from './lifecycle/start-options.ts';
import { guardPages } from './windows/guard.ts';
import { reservePages, servePages } from './windows/page.ts';
import { isWayland } from './windows/wayland.ts';

/**
 * Drover with a window: core and server in this process, the board and the tray around them. Exit codes: 0 ended as
 * asked, 3 could not begin, 4 a mistake of our own.
 */
const EXIT_REFUSED = 3;
/** How long the page may take to draw before the rest goes on. */
const PAGE_MS = 1000;

const argv = process.argv.slice(1);
const options = readStartOptions(argv);
const dataFolder = dataFolderOf(options.data, process.env);

// The profile belongs to the data: two Drovers on two folders do not know each other.
app.setPath('userData', path.join(dataFolder, 'desktop'));
reservePages();
if (process.platform === 'win32') registerOnWindows();
// There keys for the whole desktop are asked for through the desktop itself.
if (isWayland(process)) app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
Menu.setApplicationMenu(null);

// Not awaited: Electron is not ready before this module has been run.
if (isFirstInstance(argv)) void run();
else app.exit(0);

async function run(): Promise<void> {
  const scope = createScope();
  const shutdown = takeOverShutdown(scope);
  const laterStarts = hearLaterStarts();
  // Everything Drover does has a window only when it is asked for one.
  app.on('window-all-closed', () => {});

  /** `page` is where another Drover can be used instead. */
  const refuse = async (words: string, page?: string) => {
    process.stderr.write(`${words}\n`);
    if (!options.hidden && app.isReady()) await sayRefused(words, page);
    shutdown.end(EXIT_REFUSED);
  };
  const folder = await makeDataFolder(dataFolder);
  if (!folder.ok) return refuse(folder.rejection.message);
  await app.whenReady();
  guardPages(session.defaultSession);
  servePages(windowFolder());
  const desktopState = readDesktopState(app.getPath('userData'));
  const earlyBoard = createEarlyBoard({ desktopState, shutdown });
  scope.add(earlyBoard.board.save);
  if (!options.hidden) {
    earlyBoard.board.show(options.address ?? undefined);
    const reading = import('../core/tasks/first-page.ts');
    earlyBoard.offer(reading.then(({ readFirstPage }) => readFirstPage(dataFolder, TASK_PAGE)));
    // Reading the program takes a while in which no file is served and no process is started: the page draws first.
    await Promise.race([earlyBoard.drawn, wait(PAGE_MS)]);
  }
  const [{ createLogging }, { openDesktop }] = await Promise.all([
    import('../host/logging.ts'),
    import('./desktop.ts'),
  ]);
  const logging = createLogging({ dataFolder });
  shutdown.logTo(logging);
  const opened = await openDesktop({
    options,
    dataFolder,
    logging,
    scope,
    shutdown,
    laterStarts,
    desktopState,
    earlyBoard,
  });
  if (!opened.ok) await refuse(opened.rejection.message, 'page' in opened ? opened.page : undefined);
}

/** Notifications and links find Drover by these; elsewhere the package says them. */
function registerOnWindows(): void {
  app.setAppUserModelId('io.github.drover.Drover');
  if (app.isPackaged) app.setAsDefaultProtocolClient('drover');
}

async function sayRefused(words: string, page: string | undefined): Promise<void> {
  if (page === undefined) return dialog.showErrorBox('Drover cannot start', words);
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: 'Drover cannot start',
    detail: words,
    buttons: ['Open in the browser', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) await shell.openExternal(page);
}
