import { approvalAddress, taskAddress } from '../../contract/desktop.ts';
import { ID_PATTERNS } from '../../contract/id-patterns.ts';

/** How the app was started, by its own words in the command line. */
export interface StartOptions {
  /** The data folder as given; null for the default. */
  data: string | null;
  /** Start in the tray, without a window: how the desktop starts it at login. */
  hidden: boolean;
  /** Work in this process, whatever the setting `desktop.background` says: the one in the background has ended too soon. */
  here: boolean;
  /** How long the desktop may take to show the tray before the window is shown instead; milliseconds. */
  trayMs: number;
  /** Where a `drover://` link leads in the window; null when there is none. */
  address: string | null;
}

export const HERE = '--here';

/** How long a desktop that starts everything at once may take to show its tray. */
const TRAY_MS = 15_000;

/** Words of Electron and Chromium are among them and are left alone. */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const options: StartOptions = { data: null, hidden: false, here: false, trayMs: TRAY_MS, address: null };
  argv.forEach((word, index) => {
    if (word === '--hidden') options.hidden = true;
    else if (word === HERE) options.here = true;
    else if (word.startsWith('--tray-ms=')) options.trayMs = Number(word.slice('--tray-ms='.length)) || TRAY_MS;
    else if (word === '--data') options.data = argv[index + 1] ?? null;
    else if (word.startsWith('--data=')) options.data = word.slice('--data='.length);
    else options.address = addressOfLink(word) ?? options.address;
  });
  return options;
}

/**
 * Where a link leads: `drover://task/a1b2c3d4e` or `drover://approval/q1b2c3d4e`. Links come from anywhere, so they show
 * something and do nothing, and what else they may say is no link of ours: null.
 */
export function addressOfLink(text: string): string | null {
  const [, noun, id = ''] = /^drover:\/\/(task|approval)\/([0-9a-z]+)\/?$/.exec(text) ?? [];
  if (noun === 'task' && ID_PATTERNS.task.test(id)) return taskAddress(id);
  return noun === 'approval' && ID_PATTERNS.approval.test(id) ? approvalAddress(id) : null;
}
