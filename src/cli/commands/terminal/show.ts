import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTerminalId } from '../../input/ids.ts';
import { terminalLines } from '../../printing/terminal.ts';

export const run: Command = async (context, [id = ''], options) => {
  const terminalId = checkTerminalId(id);
  return withClient(context, options, async (client) => {
    const terminal = await client.terminals.get({ terminalId });
    show(context, options, terminal, (view) => terminalLines(view, terminal));
    return undefined;
  });
};
