/** How the app was started, by its own words in the command line. */
export interface StartOptions {
  /** The data folder as given; null for the default. */
  data: string | null;
  /** Start in the tray, without a window: how the desktop starts it at login. */
  hidden: boolean;
  /** The task of a `drover://task/<id>` link; null when there is none. */
  taskId: string | null;
}

/** Words of Electron and Chromium are among them and are left alone. */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const options: StartOptions = { data: null, hidden: false, taskId: null };
  argv.forEach((word, index) => {
    if (word === '--hidden') options.hidden = true;
    else if (word === '--data') options.data = argv[index + 1] ?? null;
    else if (word.startsWith('--data=')) options.data = word.slice('--data='.length);
    else options.taskId = taskOfLink(word) ?? options.taskId;
  });
  return options;
}

/** The task a link such as `drover://task/a1b2c3d4e` names. Links come from anywhere, so nothing else is accepted. */
export function taskOfLink(text: string): string | null {
  return /^drover:\/\/task\/([abrtdwm][0-9a-z]{8})\/?$/.exec(text)?.[1] ?? null;
}
