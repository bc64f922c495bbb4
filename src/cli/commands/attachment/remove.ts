import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkAttachmentId } from '../../input/ids.ts';

export const run: Command = async (context, [id = ''], options) => {
  const attachmentId = checkAttachmentId(id);
  return withClient(context, options, async (client) => {
    const removed = await client.attachments.remove({ attachmentId });
    show(context, options, removed, () => [`Attachment ${attachmentId} is removed.`]);
    return undefined;
  });
};
