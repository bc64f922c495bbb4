import { COMMAND_SETTINGS, NUMBER_SETTINGS } from '../../../contract/settings/command-settings.ts';
import { readSize } from '../../../contract/words/size.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { readCommand } from '../../input/read-command.ts';
import { readSettingValue } from '../../input/setting-value.ts';
import { settingValue } from '../../printing/setting.ts';

export const run: Command = (context, [key = '', text = ''], options) =>
  withClient(context, options, async (client) => {
    const before = await client.settings.get({ key });
    const isCommand = COMMAND_SETTINGS.has(key) && text !== 'null';
    const value = isCommand ? readCommand(text) : read(key, text, before.default);
    const entry = await client.settings.set({ key, value });
    show(context, options, entry, () => [`${entry.key} is ${settingValue(entry.value)}.`]);
    return undefined;
  });

function read(key: string, text: string, fallback: unknown): unknown {
  const size = key === 'task.maxMemory' ? readSize(text) : null;
  return size ?? readSettingValue(text, NUMBER_SETTINGS.has(key) && text !== 'null' ? 0 : fallback);
}
