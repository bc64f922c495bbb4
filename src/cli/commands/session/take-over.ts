import { randomUUID } from 'node:crypto';
import { attach } from '../../attach.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { readDetachKey } from '../../input/detach-key.ts';
import { checkTaskId } from '../../input/ids.ts';
import { lostAndBack } from '../../wait.ts';
import { terminalOfSession } from './attach-session.ts';

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
          ? task.phaseWords === null
            ? `You have the session of ${taskId}.`
            : `The session of ${taskId} opens again.`
          : `You get the session of ${taskId} ${task.status === 'running' ? 'after the turn' : 'when its run begins'}.`,
      ]);
      return null;
    }
    return terminalOfSession(context, client, taskId);
  });
  return terminalId === null ? undefined : attach(context, options, terminalId, key, 'agent');
};
