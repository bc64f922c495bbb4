import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTerminalId } from '../../input/ids.ts';
import { safeLine } from '../../printing/sanitise.ts';

export const run: Command<{ force?: boolean }> = async (context, [id = ''], options) => {
  const terminalId = checkTerminalId(id);
  return withClient(context, options, async (client) => {
    const closed = await client.terminals.close({ terminalId, force: options.force });
    show(context, options, closed, () => [`${closed.id} ${safeLine(closed.name)} is closed.`]);
    return undefined;
  });
};
