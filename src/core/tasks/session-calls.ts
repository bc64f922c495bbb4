import type { Agent } from '../../contract/agent/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Caller, CoreApi } from '../core-api.ts';
import { changed, type TaskStore } from './store.ts';

interface Deps {
  store: TaskStore;
  agents(): readonly Agent[];
}

/** The calls by which a person takes over the session of a task. No agent may, whatever its carrier lets through. */
export function createSessionCalls({ store, agents }: Deps): CoreApi['sessions'] {
  function checkTerminal(taskId: string): Result<null> {
    const { agent } = store.get(taskId)?.agent ?? {};
    const found = agents().find(({ name }) => name === agent);
    if (!found || (found.capabilities.resume && found.capabilities.terminal)) return accept(null);
    return reject('wrong-state', `${found.title} has no session that can be opened in a terminal.`);
  }

  return {
    async takeOver({ taskId, now, commandId }, caller) {
      const allowed = checkPerson(caller);
      if (!allowed.ok) return allowed;
      const can = checkTerminal(taskId);
      if (!can.ok) return can;
      const command = { type: 'session.hand-over', to: 'person', ...(now ? { now } : {}) } as const;
      return changed(store.dispatch(taskId, command, commandId));
    },
    async giveBack({ taskId, commandId }, caller) {
      const allowed = checkPerson(caller);
      if (!allowed.ok) return allowed;
      return changed(store.dispatch(taskId, { type: 'session.hand-over', to: 'loop' }, commandId));
    },
  };
}

function checkPerson({ by, taskId }: Caller): Result<null> {
  if (by === 'user' && taskId === null) return accept(null);
  return reject('forbidden', 'A session is taken over and given back by a person: no agent may.');
}
