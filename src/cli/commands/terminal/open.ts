import { attach } from '../../attach.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { chooseProject } from '../../input/choose-project.ts';
import { readDetachKey } from '../../input/detach-key.ts';
import { checkTaskId } from '../../input/ids.ts';
import { terminalLines } from '../../printing/terminal.ts';

interface Options {
  project?: string;
  task?: string;
  name?: string;
  attach?: boolean;
  detachKey: string;
}

export const run: Command<Options> = async (context, _args, options) => {
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  const key = readDetachKey(options.detachKey);
  const terminal = await withClient(context, options, async (client) => {
    const projectId = taskId === undefined ? (await chooseProject(context, client, options.project)).id : undefined;
    return client.terminals.open({ taskId, projectId, name: options.name, ...context.screen()?.size() });
  });
  if (options.attach) return attach(context, options, terminal.id, key);
  show(context, options, terminal, (view) => terminalLines(view, terminal));
  return undefined;
};
