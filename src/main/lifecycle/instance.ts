import { app } from 'electron';
import { readStartOptions, type StartOptions } from './start-options.ts';

/**
 * Whether this process is the first one for its data folder; a second one hands its command line to the first and must
 * end. Chromium rewrites the command line that it passes on by itself, so ours goes beside it.
 */
export function isFirstInstance(argv: readonly string[]): boolean {
  return app.requestSingleInstanceLock({ argv: [...argv] });
}

/** `onStart` is called for each later start, and for links that macOS hands over. */
export function followLaterStarts(onStart: (options: StartOptions) => void): void {
  app.on('second-instance', (_event, _argv, _cwd, data) => onStart(readStartOptions(argvOf(data))));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    onStart(readStartOptions([url]));
  });
  app.on('activate', () => onStart(readStartOptions([])));
}

/** The other process is of the same user, but may be of another version. */
function argvOf(data: unknown): string[] {
  const argv = typeof data === 'object' && data !== null && 'argv' in data ? data.argv : [];
  return Array.isArray(argv) ? argv.filter((word) => typeof word === 'string') : [];
}
