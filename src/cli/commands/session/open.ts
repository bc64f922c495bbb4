import { randomUUID } from 'node:crypto';
import { attach } from '../../attach.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { chooseProject } from '../../input/choose-project.ts';
import { readDetachKey } from '../../input/detach-key.ts';
import { taskLine } from '../../printing/task.ts';
import { lostAndBack } from '../../wait.ts';
import { terminalOfSession } from './attach-session.ts';

interface Options {
  project?: string;
  branch?: string;
  base?: string;
  title?: string;
  agent?: string;
  model?: string;
  autonomy?: 'plan' | 'ask' | 'edit' | 'auto';
  attach?: boolean;
  detachKey: string;
}

export const run: Command<Options> = async (context, _, options) => {
  const key = readDetachKey(options.detachKey);
  const { branch, base, title, agent, model, autonomy } = options;
  if (branch !== undefined && base !== undefined) throw badInput('Give --branch or --base, not both.');
  const chosen = { ...(agent === undefined ? {} : { agent }), ...(model === undefined ? {} : { model }) };
  const terminalId = await withClient(context, { ...options, onState: lostAndBack(context) }, async (client) => {
    const { id: projectId } = await chooseProject(context, client, options.project);
    const task = await client.sessions.open({
      projectId,
      ...(branch === undefined ? {} : { branch }),
      ...(base === undefined ? {} : { base }),
      ...(title === undefined ? {} : { title }),
      ...(autonomy === undefined ? {} : { autonomy }),
      ...(Object.keys(chosen).length > 0 ? { agent: chosen } : {}),
      commandId: randomUUID(),
    });
    if (options.attach) return terminalOfSession(context, client, task.id);
    show(context, options, task, (view) => [taskLine(view, task)]);
    return null;
  });
  return terminalId === null ? undefined : attach(context, options, terminalId, key, 'agent');
};
