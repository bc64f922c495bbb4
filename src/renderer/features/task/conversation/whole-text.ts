import type { Client } from '../../../../contract/client.ts';
import type { LongText } from '../../../../contract/run/long-text.ts';
import { removedOutputWords } from '../../../../contract/words/clean-up.ts';

/** The text was removed by a clean-up; the message says when. */
export class TextRemoved extends Error {
  constructor(at: number) {
    super(removedOutputWords(at));
  }
}

/** A long text from its beginning to its end, in the parts in which it is stored; fails as the call does, and with `TextRemoved`. */
export async function* wholeText(client: Client, taskId: string, { blob }: LongText): AsyncGenerator<string> {
  for (let offset: number | null = 0; offset !== null && blob !== null; ) {
    const part: Awaited<ReturnType<Client['tasks']['blob']>> = await client.tasks.blob({ taskId, blob, offset });
    if (part.removedAt !== undefined) throw new TextRemoved(part.removedAt);
    yield part.text;
    offset = part.nextOffset;
  }
}

/** The same for who looks for words: of a text that was removed there is nothing to find. */
export async function* textToSearch(client: Client, taskId: string, text: LongText): AsyncGenerator<string> {
  try {
    yield* wholeText(client, taskId, text);
  } catch (error) {
    if (!(error instanceof TextRemoved)) throw error;
  }
}
