import type { Client } from '../../contract/client.ts';
import { badInput } from '../failure.ts';

/**
 * The id of the queued message that begins with `text`. A whole id that is not queued is passed on, so that Drover says
 * what became of it.
 */
export async function findMessage(client: Client, taskId: string, text: string): Promise<string> {
  const { messages } = (await client.tasks.get({ taskId })).task;
  const found = messages.filter(({ id }) => id.startsWith(text));
  const [first] = found;
  if (text !== '' && found.length === 1 && first) return first.id;
  if (text !== '' && found.length === 0) return text;
  throw badInput(
    `“${text}” is the beginning of ${found.length} message ids. \`drover message list ${taskId}\` shows them.`,
  );
}
