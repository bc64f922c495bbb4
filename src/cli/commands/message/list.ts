import { QUEUED_WORDS, whenSent } from '../../../contract/words/message.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { messageLines } from '../../printing/message.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const { task } = await client.tasks.get({ taskId });
    show(context, options, task.messages, () => messageLines(task.messages));
    if (!options.json) {
      remark(context, task.messages.length > 0 ? `${QUEUED_WORDS[whenSent(task)]}.` : 'No message is queued.');
    }
    return undefined;
  });
};
