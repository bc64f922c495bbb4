import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTerminalId } from '../../input/ids.ts';
import { terminalLines } from '../../printing/terminal.ts';

export const run: Command = async (context, [id = '', name = ''], options) => {
  const terminalId = checkTerminalId(id);
  return withClient(context, options, async (client) => {
    const terminal = await client.terminals.rename({ terminalId, name });
    show(context, options, terminal, (view) => terminalLines(view, terminal));
    return undefined;
  });
};
