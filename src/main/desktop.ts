import { Menu } from 'electron';
import { NEW_TASK_ADDRESS, taskAddress } from '../contract/desktop.ts';
import { accept, type Outcome } from '../contract/rejection.ts';
import { isUnsettled } from '../contract/task/derive.ts';
import type { Scope } from '../core/base/scope.ts';
import type { Caller } from '../core/core-api.ts';
import { openHost } from '../host/host.ts';
import type { Logging } from '../host/logging.ts';
import type { Ending } from './lifecycle/ending.ts';
import { followLaterStarts } from './lifecycle/instance.ts';
import { createQuit } from './lifecycle/quit.ts';
import { askBeforeQuit } from './lifecycle/quit-dialog.ts';
import type { StartOptions } from './lifecycle/start-options.ts';
import { createLoginItem } from './login-item/login-item.ts';
import { createMemory } from './memory.ts';
import { presentOnDesktop } from './notifications/desktop-notification.ts';
import { noticeOf } from './notifications/notice.ts';
import { createNotifications } from './notifications/notifications.ts';
import { openTaskFeed } from './tasks/task-feed.ts';
import { createTrayIcon } from './tray/tray.ts';
import { deriveTray, type TrayAction } from './tray/tray-model.ts';
import { applicationMenuTemplate, createBoardWindow } from './windows/board-window.ts';
import { servePorts } from './windows/ports.ts';

export interface DesktopOptions {
  options: StartOptions;
  dataFolder: string;
  logging: Logging;
  scope: Scope;
  ending: Ending;
}

const PERSON: Caller = { by: 'user', taskId: null };
/** How long a desktop that starts everything at once may take to show its tray. */
const TRAY_WITHIN_MS = 15_000;

/** Puts the parts of the desktop app together around a host. Refused as the host is. */
export async function openDesktop({
  options,
  dataFolder,
  logging,
  scope,
  ending,
}: DesktopOptions): Promise<Outcome<void>> {
  const { logger } = logging;
  const host = await openHost({ dataFolder, port: null, logging, scope });
  if (!host.ok) return host;
  const { core, server } = host.value;
  const memory = createMemory();
  const loginItem = createLoginItem();

  const quit = createQuit({
    underWay: () => feed.tasks().filter((task) => isUnsettled(task.status)).length,
    ask: askBeforeQuit,
    onWait() {
      board.hide();
      showTray();
    },
    end: () => ending.end(0),
  });

  const board = createBoardWindow({
    memory,
    logger,
    staysInTray: () => tray.isReachable(),
    isEnding: ending.isEnding,
    onQuit: () => void quit.request(),
    onSeen() {
      memory.set('seenAt', Date.now());
      showTray();
    },
  });

  scope.add(board.save);

  const showBoard = (address?: string) => {
    quit.cancel();
    board.show(address);
  };

  const act = (action: TrayAction) => {
    switch (action.type) {
      case 'open-board':
        return showBoard();
      case 'new-task':
        return showBoard(NEW_TASK_ADDRESS);
      case 'open-task':
        return showBoard(taskAddress(action.taskId));
      case 'stop-task':
        return void core.api.tasks.stop({ taskId: action.taskId }, PERSON);
      case 'login-item':
        loginItem.set(action.on);
        return showTray();
      case 'quit':
        return void quit.request();
    }
  };

  const notifications = createNotifications({
    present: presentOnDesktop,
    fallBack: board.notice,
    isWatching: board.isFocused,
    onOpen: (taskId) => showBoard(taskId === null ? undefined : taskAddress(taskId)),
  });
  scope.add(notifications.close);

  const stop = new AbortController();
  const feed = await openTaskFeed({
    core,
    signal: stop.signal,
    onChange() {
      showTray();
      quit.tasksChanged();
    },
    onEvent(event, task) {
      const notice = ending.isEnding() ? null : noticeOf(event, task);
      if (notice !== null) notifications.add(notice);
    },
  });
  scope.add(() => {
    stop.abort();
    return feed.ended;
  });

  let trayTimer: NodeJS.Timeout | undefined;
  const tray = await createTrayIcon({ onAction: act, onAppear: () => clearTimeout(trayTimer) });
  scope.add(tray.close);
  const showTray = () => {
    if (ending.isEnding()) return;
    const facts = { seenAt: memory.get('seenAt'), loginItem: loginItem.isOn(), ending: quit.isWaiting() };
    tray.show(deriveTray({ tasks: feed.tasks(), ...facts }));
  };
  showTray();

  servePorts(server);
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenuTemplate(() => void quit.request())));
  followLaterStarts(({ hidden, taskId }) => {
    if (!hidden) showBoard(taskId === null ? undefined : taskAddress(taskId));
  });
  if (!options.hidden) showBoard(options.taskId === null ? undefined : taskAddress(options.taskId));
  else if (!tray.isReachable()) {
    trayTimer = setTimeout(() => showBoard(), TRAY_WITHIN_MS);
    scope.add(() => clearTimeout(trayTimer));
  }
  return accept(undefined);
}
