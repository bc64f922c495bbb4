import { app } from 'electron';
import { readStartOptions, type StartOptions } from './start-options.ts';

/**
 * Whether this process is the first one for its data folder; a second one hands its command line to the first and must
 * end. Chromium rewrites the command line that it passes on by itself, so ours goes beside it.
 */
export function isFirstInstance(argv: readonly string[]): boolean {
  return app.requestSingleInstanceLock({ argv: [...argv] });
}

/** Starts of Drover after the first one, and links that macOS hands over. */
export interface LaterStarts {
  /** Calls back for each, also for those that came before this. */
  follow(onStart: (options: StartOptions) => void): void;
}

/** Must be called before Electron is ready: what comes while Drover still opens is kept. */
export function hearLaterStarts(): LaterStarts {
  const early: StartOptions[] = [];
  let onStart = (options: StartOptions): void => {
    early.push(options);
  };
  app.on('second-instance', (_event, _argv, _cwd, data) => onStart(readStartOptions(argvOf(data))));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    onStart(readStartOptions([url]));
  });
  return {
    follow(listener) {
      onStart = listener;
      for (const options of early.splice(0)) listener(options);
      app.on('activate', () => listener(readStartOptions([])));
    },
  };
}

/** The other process is of the same user, but may be of another version. */
function argvOf(data: unknown): string[] {
  const argv = typeof data === 'object' && data !== null && 'argv' in data ? data.argv : [];
  return Array.isArray(argv) ? argv.filter((word) => typeof word === 'string') : [];
}
