import { withClient } from '../connection/with-client.ts';
import { type Command, show } from '../context.ts';
import { statusLines } from '../printing/status.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const [status, pause] = await Promise.all([client.system.status(), client.pause.get()]);
    show(context, options, { ...status, pause }, (view) => statusLines(view, status, pause));
    return undefined;
  });
