import type { Client } from '../../contract/client.ts';
import { ID_PATTERNS } from '../../contract/id-patterns.ts';
import type { Context } from '../context.ts';
import { readAttachments } from './read-attachment.ts';

/** Files given with `--attach`: read now, added when it is called; an id of one that was added stays as it is. */
export async function filesToAttach(
  context: Context,
  given: readonly string[] = [],
): Promise<(client: Pick<Client, 'attachments'>) => Promise<string[]>> {
  const ready = given.filter((one) => ID_PATTERNS.attachment.test(one));
  const files = await readAttachments(
    context,
    given.filter((one) => !ready.includes(one)),
  );
  return async (client) => {
    const ids = [...ready];
    for (const file of files) ids.push((await client.attachments.add(file)).id);
    return ids;
  };
}
