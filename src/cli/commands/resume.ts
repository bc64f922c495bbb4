import { randomUUID } from 'node:crypto';
import { withClient } from '../connection/with-client.ts';
import { type Command, show } from '../context.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const state = await client.pause.end({ commandId: randomUUID(), from: 'command-line' });
    show(context, options, state, () => ['Resumed.']);
    return undefined;
  });
