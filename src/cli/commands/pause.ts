import { randomUUID } from 'node:crypto';
import { dateTime } from '../../contract/words/measure.ts';
import { describePause } from '../../contract/words/pause.ts';
import { withClient } from '../connection/with-client.ts';
import { type Command, remark, show } from '../context.ts';

export const run: Command<{ log?: boolean }> = (context, _args, options) =>
  withClient(context, options, async (client) => {
    if (options.log) {
      const events = await client.pause.log({});
      show(context, options, events, () => events.map((logged) => `${dateTime(logged.at)}  ${describePause(logged)}`));
      if (events.length === 0 && !options.json) remark(context, 'Never paused.');
      return undefined;
    }
    const state = await client.pause.begin({ commandId: randomUUID(), from: 'command-line' });
    show(context, options, state, () => [
      'Paused: nothing starts, and what runs goes back into the queue. `drover resume` continues.',
    ]);
    return undefined;
  });
