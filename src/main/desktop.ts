import { app, globalShortcut, Menu, powerSaveBlocker } from 'electron';
import type { Surface } from '../contract/approval/state.ts';
import {
  approvalAddress,
  CAPTURE_ADDRESS,
  NEEDS_YOU_ADDRESS,
  NEW_TASK_ADDRESS,
  POP_UP_ADDRESS,
  taskAddress,
} from '../contract/desktop.ts';
import { accept, type Result } from '../contract/rejection.ts';
import { columnOf, isUnsettled } from '../contract/task/derive.ts';
import type { Scope } from '../core/base/scope.ts';
import { PERSON } from '../core/core-api.ts';
import { worksInBackground } from '../core/settings/works-in-background.ts';
import type { Logging } from '../host/logging.ts';
import { createAttention } from './attention.ts';
import type { DesktopState } from './desktop-state.ts';
import { openDesktopStateStore } from './desktop-state-store.ts';
import { type OpenRefusal, openDrover } from './drover/drover.ts';
import type { EarlyBoard } from './early-board.ts';
import type { LaterStarts } from './lifecycle/instance.ts';
import { createKeepAwake } from './lifecycle/keep-awake.ts';
import { createMoving } from './lifecycle/moving.ts';
import { followPower } from './lifecycle/power.ts';
import { createQuit } from './lifecycle/quit.ts';
import { askBeforeQuit } from './lifecycle/quit-dialog.ts';
import type { Shutdown } from './lifecycle/shutdown.ts';
import { startAgain } from './lifecycle/start-again.ts';
import type { StartOptions } from './lifecycle/start-options.ts';
import { createLoginItem } from './login-item/login-item.ts';
import { createDesktopNotifications } from './notifications/desktop-notifications.ts';
import { openPreferences } from './preferences/preferences.ts';
import { quietUntilOf } from './preferences/quiet-time.ts';
import { createShortcuts } from './shortcuts/shortcuts.ts';
import { openTaskFeed, type TaskFeed } from './tasks/task-feed.ts';
import { createTrayIcon, type TrayIcon } from './tray/tray.ts';
import { deriveTray, type TrayAction } from './tray/tray-model.ts';
import { applicationMenuTemplate } from './windows/board-window.ts';
import { placeAtTop, placeInCorner } from './windows/corner.ts';
import { createSmallWindow } from './windows/small-window.ts';
import { isWayland } from './windows/wayland.ts';

export interface DesktopOptions {
  options: StartOptions;
  dataFolder: string;
  logging: Logging;
  scope: Scope;
  shutdown: Shutdown;
  laterStarts: LaterStarts;
  desktopState: DesktopState;
  earlyBoard: EarlyBoard;
}

const POP_UP = { width: 420, height: 280 };
const CAPTURE = { width: 560, height: 240 };
/** A Drover in the background that was started for this app and has ended so soon would end again. */
const SOON_MS = 3000;

/** Puts the parts of the desktop app together around a Drover. Refused as that is. */
export async function openDesktop(given: DesktopOptions): Promise<Result<void> | OpenRefusal> {
  const { options, dataFolder, logging, scope, shutdown, desktopState, earlyBoard } = given;
  const { board } = earlyBoard;
  const { logger } = logging;
  desktopState.keepIn(openDesktopStateStore());
  const inBackground = worksInBackground(dataFolder);
  const restart = (here = false) => {
    startAgain({ hidden: !board.isVisible(), here });
    shutdown.end(0);
  };
  const opened = await openDrover({
    dataFolder,
    port: null,
    inBackground: inBackground && !options.here,
    logging,
    scope,
    onLost(livedMs) {
      if (shutdown.isEnding()) return;
      logger.info('the other Drover has ended; this app starts again');
      restart(livedMs !== null && livedMs < SOON_MS);
    },
  });
  if (!opened.ok) return opened;
  const drover = opened.value;
  // For who started it in a terminal, and for the demo.
  process.stdout.write(`Drover listens on ${drover.address} (data folder ${dataFolder})\n`);
  const loginItem = createLoginItem();
  let feed: TaskFeed | null = null;
  let tray: TrayIcon | null = null;

  const unfinished = () => feed?.tasks().filter((task) => isUnsettled(task.status)) ?? [];
  const quit = createQuit({
    // What runs elsewhere goes on.
    underWay: () => (drover.isElsewhere ? 0 : unfinished().length),
    ask: () => {
      const tasks = unfinished().map(({ title, status }) => ({ title, running: status === 'running' }));
      return askBeforeQuit(tasks, tray?.isReachable() === true);
    },
    onBackground: () => board.hide(),
    onWait() {
      board.hide();
      show();
    },
    end: () => shutdown.end(0),
  });
  const showBoard = (address?: string) => {
    quit.cancel();
    board.show(address);
  };

  const smallWindow = { isPlacedByDesktop: isWayland(process), logger, isEnding: shutdown.isEnding };
  const popUpWindow = createSmallWindow({
    ...smallWindow,
    ...POP_UP,
    address: POP_UP_ADDRESS,
    place: (workArea, size) => placeInCorner({ workArea, size, tray: tray?.bounds() ?? NOWHERE }),
    onClose: () => attention.popUp.putAside(),
  });
  const capture = createSmallWindow({
    ...smallWindow,
    ...CAPTURE,
    address: CAPTURE_ADDRESS,
    place: (workArea, size) => placeAtTop({ workArea, size }),
    onClose: () => {},
  });
  earlyBoard.connect({
    logger,
    staysInTray: () => tray?.isReachable() === true,
    onQuit: () => void quit.request(),
    onHiddenToTray() {
      if (desktopState.get('toldOfTray')) return;
      desktopState.set('toldOfTray', true);
      attention.say({
        title: 'Drover keeps running in the tray',
        body: 'Click its icon to come back. Quit from its menu.',
        taskId: null,
      });
    },
    onSeen() {
      desktopState.set('seenAt', Date.now());
      show();
    },
    pages: {
      acceptPort: drover.acceptPort,
      acceptTerminalPort: drover.acceptTerminalPort,
      openFolder: drover.openFolder,
      openBoard(address, window) {
        if (popUpWindow.is(window)) attention.popUp.putAside();
        if (capture.is(window)) capture.hide();
        showBoard(address);
      },
      hide(window) {
        if (popUpWindow.is(window)) attention.popUp.putAside();
        if (capture.is(window)) capture.hide();
      },
      fit(height, window) {
        for (const small of [popUpWindow, capture]) if (small.is(window)) small.fit(height);
      },
    },
  });

  const moving = createMoving({ drain: drover.drain, inBackground, restart });
  const preferences = await openPreferences({
    drover,
    onChange() {
      moving.wanted(preferences.settings()['desktop.background']);
      show();
    },
  });
  // Its library is read when the board has got what it needs.
  const { openSessionBus } = await import('./dbus/session-bus.ts');
  const bus = await openSessionBus();
  if (bus !== null) scope.add(bus.close);
  const answer = (approvalId: string, wanted: 'allow' | 'deny', from: Surface) => {
    const given = wanted === 'allow' ? { type: wanted, scope: 'once' as const } : { type: wanted };
    void drover.api.approvals.answer({ approvalId, answer: given, from }, PERSON).then((done) => {
      if (!done.ok) attention.say({ title: 'Not answered', body: done.rejection.message, taskId: null });
    });
  };
  const attention = createAttention({
    notifier: await createDesktopNotifications(bus),
    preferences,
    popUpWindow,
    feed: () => feed,
    isWatching: board.isFocused,
    openBoard: showBoard,
    tellInBoard: board.notice,
    answer,
    onQuietEnd: () => show(),
  });
  scope.add(attention.close);

  const act = (action: TrayAction) => {
    switch (action.type) {
      case 'open-board':
        return showBoard();
      case 'open-needs-you':
        return showBoard(NEEDS_YOU_ADDRESS);
      case 'new-task':
        return showBoard(NEW_TASK_ADDRESS);
      case 'capture':
        return capture.show({ focus: true });
      case 'open-task':
        return showBoard(taskAddress(action.taskId));
      case 'open-approval':
        return showBoard(approvalAddress(action.approvalId));
      case 'answer':
        return answer(action.approvalId, action.answer, 'tray');
      case 'stop-task':
        return void drover.api.tasks.stop({ taskId: action.taskId }, PERSON);
      case 'pause':
        return void preferences.setPaused(action.on);
      case 'quiet':
        return void preferences.set('attention.quietUntil', quietUntilOf(action.choice, Date.now()));
      case 'login-item':
        loginItem.set(action.on);
        return show();
      case 'background':
        return void preferences.set('desktop.background', action.on);
      case 'quit':
        return void quit.request();
    }
  };

  const shortcuts = createShortcuts({
    registry: globalShortcut,
    tell: (title, body) => board.notice({ title, body, taskId: null }),
    shortcuts: {
      capture: { words: 'Quick capture', act: () => capture.show({ focus: true }) },
      approval: { words: 'Show pending approvals', act: attention.showApprovals },
    },
  });
  scope.add(shortcuts.close);
  const keepAwake = createKeepAwake(powerSaveBlocker);
  scope.add(keepAwake.close);

  const stop = new AbortController();
  feed = await openTaskFeed({
    drover,
    signal: stop.signal,
    onChange() {
      show();
      quit.tasksChanged();
    },
    onApprovals: () => {
      if (!shutdown.isEnding()) attention.approvalsChanged();
    },
    onEvent(event, task) {
      if (!shutdown.isEnding()) attention.event(event, task);
    },
    onRows(what) {
      if (what === 'settings' || what === 'projects' || what === 'pause') void preferences.refresh(what);
    },
    onFailure(error) {
      if (!drover.isElsewhere) throw error;
      logger.warn('the events of the other Drover stopped', { error });
    },
  });
  const { ended } = feed;
  scope.add(() => {
    stop.abort();
    return ended;
  });

  let trayTimer: NodeJS.Timeout | undefined;
  tray = await createTrayIcon({ bus, onAction: act, onAppear: () => clearTimeout(trayTimer) });
  scope.add(tray.close);

  /** Brings everything outside the board to what is now. */
  function show(): void {
    if (shutdown.isEnding() || feed === null || tray === null) return;
    const settings = preferences.settings();
    const tasks = feed.tasks();
    const model = deriveTray({
      tasks,
      approvals: feed.approvals(),
      seenAt: desktopState.get('seenAt'),
      now: Date.now(),
      quietUntil: settings['attention.quietUntil'],
      paused: preferences.isPaused(),
      loginItem: loginItem.isOn(),
      background: settings['desktop.background'],
      moving: moving.isUnderWay(),
      ending: quit.isWaiting(),
      elsewhere: drover.isElsewhere,
    });
    tray.show(model);
    app.setBadgeCount(model.needing);
    keepAwake.set(settings['desktop.keepAwake'] && tasks.some((task) => columnOf(task) === 'running'));
    shortcuts.set({ capture: settings['desktop.captureKeys'], approval: settings['desktop.approvalKeys'] });
    attention.changed();
  }
  show();
  attention.approvalsChanged();

  if (inBackground && !drover.isElsewhere) {
    const body = 'It runs in this app instead, and its tasks stop when you quit. The log file has the details.';
    board.notice({ title: 'Drover could not start in the background', body, taskId: null });
  } else if (drover.isElsewhere && !inBackground) {
    const body = 'This window shows it. Quitting leaves it running, with all of its tasks.';
    board.notice({ title: 'Drover is already running in the background', body, taskId: null });
  }

  followPower({
    onSleep: () => logger.info('the machine goes to sleep'),
    onWake() {
      logger.info('the machine woke up');
      attention.woke();
      show();
    },
    onShutdown: () => shutdown.end(0),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenuTemplate(() => void quit.request())));
  given.laterStarts.follow(({ hidden, address }) => {
    if (!hidden) showBoard(address ?? undefined);
  });
  if (options.hidden && !tray.isReachable()) {
    trayTimer = setTimeout(() => showBoard(), options.trayMs);
    scope.add(() => clearTimeout(trayTimer));
  }
  return accept(undefined);
}

const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };
