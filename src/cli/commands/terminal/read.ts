import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTerminalId } from '../../input/ids.ts';
import { readWhole } from '../../input/numbers.ts';
import { safeBlock } from '../../printing/sanitise.ts';

export const run: Command<{ lines?: string }> = async (context, [id = ''], options) => {
  const terminalId = checkTerminalId(id);
  const lines = options.lines === undefined ? 0 : readWhole(options.lines, '--lines', 0, 10_000);
  return withClient(context, options, async (client) => {
    const read = await client.terminals.read({ terminalId, lines });
    show(context, options, read, () => [safeBlock(read.text)]);
    return undefined;
  });
};
