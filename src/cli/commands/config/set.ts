import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { readSettingValue } from '../../input/setting-value.ts';
import { settingValue } from '../../printing/setting.ts';

export const run: Command = (context, [key = '', text = ''], options) =>
  withClient(context, options, async (client) => {
    const before = await client.settings.get({ key });
    const entry = await client.settings.set({ key, value: readSettingValue(text, before.default) });
    show(context, options, entry, () => [`${entry.key} is ${settingValue(entry.value)}.`]);
    return undefined;
  });
