import type { Attachment } from '../../../contract/attachment/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { readAttachments } from '../../input/read-attachment.ts';
import { attachmentTable } from '../../printing/attachment.ts';

export const run: Command = async (context, paths, options) => {
  const files = await readAttachments(context, paths);
  return withClient(context, options, async (client) => {
    const added: Attachment[] = [];
    for (const file of files) added.push(await client.attachments.add(file));
    show(context, options, added, (view) => attachmentTable(view, added));
    return undefined;
  });
};
