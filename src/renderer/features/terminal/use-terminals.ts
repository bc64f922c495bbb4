import { useEffect, useState } from 'react';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { wordsOf } from '../../state/act.ts';
import { useClient, useStore, useValue } from '../../state/hooks.ts';

/** Where terminals are: in the workspace of a task, or in the folder of a project. */
export type TerminalsOf = { readonly taskId: string } | { readonly projectId: string };

/** The terminals there, in their order; null until they have arrived, a sentence when they cannot be had. */
export function useTerminals(of: TerminalsOf): readonly Terminal[] | string | null {
  const client = useClient();
  const changes = useValue(useStore().terminalChanges);
  const [found, setFound] = useState<readonly Terminal[] | string | null>(null);
  const taskId = 'taskId' in of ? of.taskId : undefined;
  const projectId = 'projectId' in of ? of.projectId : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again with every change.
  useEffect(() => {
    let wanted = true;
    client.terminals.list({ taskId, projectId }).then(
      (list) => wanted && setFound(taskId === undefined ? list.filter((one) => one.taskId === null) : list),
      (error: unknown) => wanted && setFound(wordsOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [client, taskId, projectId, changes]);
  return found;
}
