import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkTerminalId } from '../../input/ids.ts';

export const run: Command<{ enter?: boolean }> = async (context, [id = '', ...words], options) => {
  const terminalId = checkTerminalId(id);
  if (words.length === 0 && context.stdin.isTTY && !options.enter) {
    throw badInput('Say what to type, or give it on standard input.');
  }
  const given = words.length > 0 ? words.join(' ') : context.stdin.isTTY ? '' : await readAll(context.stdin);
  const text = options.enter ? `${given}\r` : given;
  return withClient(context, options, async (client) => {
    const terminal = await client.terminals.send({ terminalId, text });
    show(context, options, terminal, () => []);
    return undefined;
  });
};

async function readAll(stdin: AsyncIterable<unknown>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stdin) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces).toString('utf8');
}
