import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { settingValue } from '../../printing/setting.ts';

export const run: Command = (context, [key = ''], options) =>
  withClient(context, options, async (client) => {
    const entry = await client.settings.set({ key, value: undefined });
    show(context, options, entry, () => [`${entry.key} is ${settingValue(entry.value)} again.`]);
    return undefined;
  });
