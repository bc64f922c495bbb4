import type { Client } from '../../../contract/client.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { watchTask } from '../../watch.ts';

/** Waits until a person has the session of a task, and returns the terminal that it is in. */
export async function terminalOfSession(context: Context, client: Client, taskId: string): Promise<string> {
  const taken = await watchTask(context, client, {
    taskId,
    until: ({ phase, phaseWords }) => phase === 'taken' && phaseWords === null,
  });
  if (taken.phase !== 'taken') throw new Failure('wrong-state', taken.outcome?.words ?? `Task ${taskId} has ended.`);
  const terminals = await client.terminals.list({ taskId });
  const found = terminals.find(({ ofAgent, state }) => ofAgent && state.kind === 'running');
  if (found === undefined) throw new Failure('not-found', `The session of ${taskId} has no terminal.`);
  return found.id;
}
