import type { Client } from '../../../contract/client.ts';
import { act } from '../../state/act.ts';
import type { SessionAct } from './session.logic.ts';

/** Takes the session of a task over, or gives it back. */
export async function handOver(client: Client, what: SessionAct, taskId: string): Promise<void> {
  if (what === 'giveBack') await act((id) => client.sessions.giveBack({ taskId, ...id }));
  else await act((id) => client.sessions.takeOver({ taskId, ...id }));
}
