import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkTaskId } from '../../input/ids.ts';
import { readItems } from '../../input/items-file.ts';
import { readText } from '../../input/read-text.ts';

interface Options {
  goal?: string;
  file?: string;
  item?: string[];
  itemsFile?: string;
}

export const run: Command<Options> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  if (options.goal !== undefined && options.file !== undefined) {
    throw badInput('Give the goal with --goal or with --file, not both.');
  }
  const goal = options.file === undefined ? options.goal : await readText(context, options.file);
  if (goal !== undefined && goal.trim() === '') throw badInput('The goal is empty.');
  const items = [
    ...(options.item ?? []),
    ...(options.itemsFile === undefined ? [] : readItems(await readText(context, options.itemsFile))),
  ];
  return withClient(context, options, async (client) => {
    const task = await client.sessions.giveBack({
      taskId,
      ...(goal === undefined ? {} : { goal }),
      ...(items.length > 0 ? { items: items.map((text) => ({ text })) } : {}),
      commandId: randomUUID(),
    });
    show(context, options, task, () => [`Drover has the session of ${taskId} again, and continues.`]);
    return undefined;
  });
};
