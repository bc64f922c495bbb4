import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Logger } from '../../core/base/logger.ts';
import { appImage } from '../app-image.ts';

/** A daemon that has been started; it outlives this app. */
export interface StartedDaemon {
  hasEnded(): boolean;
}

/**
 * Starts the daemon on the data folder, in a process group of its own and without our terminal. What it has to say stands
 * in the log file. Null where the program would be gone with this app: inside of an AppImage.
 */
export function startBackground(dataFolder: string, logger: Logger): StartedDaemon | null {
  if (appImage() !== null) return null;
  const program = path.join(import.meta.dirname, '..', 'daemon', 'main.js');
  const child = spawn(process.execPath, [program, '--data', dataFolder, '--background'], {
    cwd: dataFolder,
    // Electron is the only Node that is sure to be there.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  let ended = false;
  child.on('exit', (code) => {
    ended = true;
    logger.info('the Drover in the background has ended', { code });
  });
  child.on('error', (error) => {
    ended = true;
    logger.warn('the Drover in the background cannot be started', { error: error.message });
  });
  child.unref();
  return { hasEnded: () => ended };
}
