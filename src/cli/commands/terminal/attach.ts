import { attach } from '../../attach.ts';
import { withClient } from '../../connection/with-client.ts';
import type { Command } from '../../context.ts';
import { readDetachKey } from '../../input/detach-key.ts';
import { checkTerminalId } from '../../input/ids.ts';

export const run: Command<{ detachKey: string }> = async (context, [id = ''], options) => {
  const terminalId = checkTerminalId(id);
  const key = readDetachKey(options.detachKey);
  // What is refused is told before the screen is another.
  await withClient(context, options, (client) => client.terminals.get({ terminalId }));
  return attach(context, options, terminalId, key);
};
