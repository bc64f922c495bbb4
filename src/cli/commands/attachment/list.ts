import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { attachmentTable } from '../../printing/attachment.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const { attachments } = (await client.tasks.get({ taskId })).task;
    show(context, options, attachments, (view) => attachmentTable(view, attachments));
    if (attachments.length === 0 && !options.json) remark(context, 'No attachments.');
    return undefined;
  });
};
