import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { settingValue } from '../../printing/setting.ts';

export const run: Command = (context, [key = ''], options) =>
  withClient(context, options, async (client) => {
    const entry = await client.settings.get({ key });
    show(context, options, entry, () => [settingValue(entry.value)]);
    return undefined;
  });
