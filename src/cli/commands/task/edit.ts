import { randomUUID } from 'node:crypto';
import type { CallInput } from '../../../contract/api.ts';
import type { Task } from '../../../contract/task/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { unlessEmptied } from '../../input/emptied.ts';
import { checkTaskId } from '../../input/ids.ts';
import { type LimitOptions, readLimits } from '../../input/limits.ts';
import { readCommand } from '../../input/read-command.ts';
import { readText } from '../../input/read-text.ts';
import { taskLine } from '../../printing/task.ts';

interface Options extends LimitOptions {
  goal?: string;
  file?: string;
  title?: string;
  base?: string;
  agent?: string;
  model?: string;
  effort?: string;
  way?: 'headless' | 'terminal';
  autonomy?: 'plan' | 'ask' | 'edit' | 'auto';
  check?: string[];
}

type Edit = CallInput<'tasks', 'edit'>['edit'];

export const run: Command<Options> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  if (options.goal !== undefined && options.file !== undefined) {
    throw badInput('Give the goal with --goal or with --file, not both.');
  }
  const goal = options.file === undefined ? options.goal : await readText(context, options.file);
  const limits = readLimits(options);
  const edit = {
    ...(goal === undefined ? {} : { goal }),
    ...(options.title === undefined ? {} : { title: options.title }),
    ...(options.base === undefined ? {} : { base: options.base || null }),
    ...(options.autonomy === undefined ? {} : { autonomy: options.autonomy }),
    ...(options.check ? { checks: unlessEmptied(options.check).map(readCommand) } : {}),
  };
  const agent = agentOf(options);
  if (Object.keys({ ...edit, ...limits, ...agent }).length === 0) {
    throw badInput('Nothing to change: `drover task edit --help` lists what can be.');
  }
  return withClient(context, options, async (client) => {
    const { task: before } = await client.tasks.get({ taskId });
    const task = await client.tasks.edit({ taskId, commandId: randomUUID(), edit: whole(before, edit, agent, limits) });
    show(context, options, task, (view) => [taskLine(view, task)]);
    return undefined;
  });
};

/** An empty model or effort leaves it to the agent. */
function agentOf({ agent, model, effort, way }: Options): Partial<Task['agent']> {
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model: model || null }),
    ...(effort === undefined ? {} : { effort: effort || null }),
    ...(way === undefined ? {} : { way }),
  };
}

/** The agent and the limits are changed as a whole: what was not named stays. */
function whole(task: Task, edit: Edit, agent: Partial<Task['agent']>, limits: Partial<Task['limits']>): Edit {
  return {
    ...edit,
    ...(Object.keys(agent).length > 0 ? { agent: { ...task.agent, ...agent } } : {}),
    ...(Object.keys(limits).length > 0 ? { limits: { ...task.limits, ...limits } } : {}),
  };
}
