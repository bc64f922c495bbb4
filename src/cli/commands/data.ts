import { withClient } from '../connection/with-client.ts';
import { type Command, show } from '../context.ts';
import { openOnDesktop } from '../desktop.ts';
import { dataLines } from '../printing/data.ts';
import { safeLine } from '../printing/sanitise.ts';

export const run: Command<{ open?: boolean }> = (context, _args, options) =>
  withClient(context, options, async (client) => {
    if (options.open) {
      const opened = await openOnDesktop(context, client, { what: 'data' });
      show(context, options, opened, () => [safeLine(opened.words)]);
      return undefined;
    }
    const data = await client.data.describe();
    show(context, options, data, (view) => dataLines(view, data));
    return undefined;
  });
