import { app } from 'electron';

const HIDDEN = '--hidden';

/** Starts this program once more when it has ended, as it was started, with its window or without. */
export function startAgain({ hidden }: { hidden: boolean }): void {
  const args = process.argv.slice(1).filter((arg) => arg !== HIDDEN && !arg.startsWith('drover://'));
  app.relaunch({ args: hidden ? [...args, HIDDEN] : args });
}
