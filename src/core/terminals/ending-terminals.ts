import type { Result } from '../../contract/rejection.ts';
import type { Terminal } from '../../contract/terminal/state.ts';
import type { Caller, CoreApi } from '../core-api.ts';
import type { Terminals } from './terminals.ts';

type Ending = Pick<Terminals, 'checkFree' | 'closeAll'>;

/** The calls on projects and workspaces, which are removed only when nothing runs in their terminals; these end with them. */
export function endingTerminals(
  { projects, workspaces }: Pick<CoreApi, 'projects' | 'workspaces'>,
  terminals: Ending,
): Pick<CoreApi, 'projects' | 'workspaces'> {
  return {
    projects: { ...projects, remove: withTerminals(projects.remove, 'projectId', terminals) },
    workspaces: { ...workspaces, remove: withTerminals(workspaces.remove, 'workspaceId', terminals) },
  };
}

function withTerminals<K extends 'projectId' | 'workspaceId', I extends Record<K, string>, T>(
  remove: (input: I, caller: Caller) => Promise<Result<T>>,
  key: K,
  { checkFree, closeAll }: Ending,
): (input: I, caller: Caller) => Promise<Result<T>> {
  return async (input, caller) => {
    const isThere = (terminal: Terminal) => terminal[key] === input[key];
    const free = checkFree(isThere);
    if (!free.ok) return free;
    const removed = await remove(input, caller);
    if (removed.ok) await closeAll(isThere);
    return removed;
  };
}
