import { withClient } from '../connection/with-client.ts';
import { type Command, show } from '../context.ts';

export const run: Command = pause(true);

/** Pauses everything, or goes on. */
export function pause(paused: boolean): Command {
  return (context, _args, options) =>
    withClient(context, options, async (client) => {
      const entry = await client.settings.set({ key: 'task.paused', value: paused });
      show(context, options, entry, () => [
        paused
          ? 'Paused: nothing starts, and what runs goes back into the queue. `drover unpause` goes on.'
          : 'Drover goes on.',
      ]);
      return undefined;
    });
}
