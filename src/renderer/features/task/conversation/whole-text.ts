import type { Client } from '../../../../contract/client.ts';
import type { LongText } from '../../../../contract/run/long-text.ts';

/** A long text from its beginning to its end, in the parts in which it is stored; fails as the call does. */
export async function* wholeText(client: Client, taskId: string, { blob }: LongText): AsyncGenerator<string> {
  for (let offset: number | null = 0; offset !== null && blob !== null; ) {
    const part: Awaited<ReturnType<Client['tasks']['blob']>> = await client.tasks.blob({ taskId, blob, offset });
    yield part.text;
    offset = part.nextOffset;
  }
}
