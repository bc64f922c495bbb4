import { randomUUID } from 'node:crypto';
import { attach } from '../../attach.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { readDetachKey } from '../../input/detach-key.ts';
import { checkTaskId } from '../../input/ids.ts';
import { lostAndBack } from '../../wait.ts';
import { watchTask } from '../../watch.ts';

interface Options {
  now?: boolean;
  attach?: boolean;
  detachKey: string;
}

export const run: Command<Options> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  const key = readDetachKey(options.detachKey);
  const terminalId = await withClient(context, { ...options, onState: lostAndBack(context) }, async (client) => {
    const task = await client.sessions.takeOver({
      taskId,
      ...(options.now ? { now: true } : {}),
      commandId: randomUUID(),
    });
    if (!options.attach) {
      show(context, options, task, () => [
        task.phase === 'taken'
          ? `You have the session of ${taskId}.`
          : `You get the session of ${taskId} ${task.status === 'running' ? 'after the turn' : 'when its run begins'}.`,
      ]);
      return null;
    }
    const taken = await watchTask(context, client, { taskId, until: ({ phase }) => phase === 'taken' });
    if (taken.phase !== 'taken') {
      throw new Failure('wrong-state', taken.outcome?.words ?? `Task ${taskId} has ended.`);
    }
    const terminals = await client.terminals.list({ taskId });
    const found = terminals.find(({ ofAgent }) => ofAgent);
    if (found === undefined) throw new Failure('not-found', `The session of ${taskId} has no terminal.`);
    return found.id;
  });
  return terminalId === null ? undefined : attach(context, options, terminalId, key);
};
