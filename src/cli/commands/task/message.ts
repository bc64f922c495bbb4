import { randomUUID } from 'node:crypto';
import { plural } from '../../../contract/words/measure.ts';
import { QUEUED_WORDS, whenSent } from '../../../contract/words/message.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { filesToAttach } from '../../input/attach-files.ts';
import { checkTaskId } from '../../input/ids.ts';
import { readText } from '../../input/read-text.ts';

interface Options {
  attach?: string[];
}

export const run: Command<Options> = async (context, [id = '', ...words], options) => {
  const taskId = checkTaskId(id);
  const text = words.length === 1 && words[0] === '-' ? await readText(context, '-') : words.join(' ');
  const attach = await filesToAttach(context, options.attach);
  return withClient(context, options, async (client) => {
    const attachments = await attach(client);
    const files = attachments.length > 0 ? { attachments } : {};
    const task = await client.tasks.message({ taskId, text, ...files, commandId: randomUUID() });
    show(context, options, task, () => [
      task.messages.length > 0
        ? `${plural(task.messages.length, 'message')} for ${taskId}. ${QUEUED_WORDS[whenSent(task)]}.`
        : `${taskId} has the message.`,
    ]);
    return undefined;
  });
};
