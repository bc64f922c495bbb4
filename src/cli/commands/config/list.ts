import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { settingTable } from '../../printing/setting.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const entries = await client.settings.list();
    show(context, options, entries, (view) => settingTable(view, entries));
    return undefined;
  });
