import { withClient } from '../connection/with-client.ts';
import { type Command, show } from '../context.ts';
import { statusLines } from '../printing/status.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const status = await client.system.status();
    show(context, options, status, (view) => statusLines(view, status));
    return undefined;
  });
