import { app } from 'electron';
import { HERE } from './start-options.ts';

const HIDDEN = '--hidden';

/**
 * Starts this program once more when it has ended, as it was started, with its window or without; with `here`, so that
 * Drover runs in it whatever the settings say.
 */
export function startAgain({ hidden, here = false }: { hidden: boolean; here?: boolean }): void {
  const own = [HIDDEN, HERE];
  const args = process.argv.slice(1).filter((arg) => !own.includes(arg) && !arg.startsWith('drover://'));
  app.relaunch({ args: [...args, ...(hidden ? [HIDDEN] : []), ...(here ? [HERE] : [])] });
}
