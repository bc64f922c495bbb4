import { useEffect, useState } from 'react';
import type { Run } from '../../../contract/run/state.ts';
import type { Task } from '../../../contract/task/state.ts';
import { useClient } from '../../state/hooks.ts';

const NONE: Run[] = [];

/** All runs, oldest first; the newest as the task says it is. None until they have arrived, or where they are not wanted. */
export function useRuns(task: Pick<Task, 'id' | 'runCount' | 'status' | 'run'>, wanted = true): readonly Run[] {
  const client = useClient();
  const [runs, setRuns] = useState<Run[]>(NONE);
  const { id: taskId, runCount, status } = task;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a run begins or ends.
  useEffect(() => {
    if (!wanted) return;
    let over = false;
    client.tasks.runs({ taskId }).then(
      (found) => !over && setRuns(found),
      () => {},
    );
    return () => {
      over = true;
    };
  }, [client, taskId, runCount, status, wanted]);
  return runs.map((run) => (run.id === task.run?.id ? task.run : run));
}
