import { useEffect, useState } from 'react';
import type { TaskProcesses } from '../../../../contract/process/state.ts';
import { useClient } from '../../../state/hooks.ts';

const EVERY_MS = 2_000;

/** The newest look at the processes of a task, and the one before it. */
export interface Looks {
  before: TaskProcesses | null;
  now: TaskProcesses;
}

/** Looks at the processes of a task every two seconds, as long as this is on a screen that is seen; null until it has. */
export function useProcesses(taskId: string): Looks | null {
  const client = useClient();
  const [looks, setLooks] = useState<Looks | null>(null);

  useEffect(() => {
    const ending = new AbortController();
    let timer: number | undefined;
    let isAsking = false;
    async function look(): Promise<void> {
      window.clearTimeout(timer);
      if (isAsking || document.visibilityState !== 'visible') return;
      isAsking = true;
      const now = await client.processes.list({ taskId }).catch(() => null);
      isAsking = false;
      if (ending.signal.aborted) return;
      if (now !== null) setLooks((last) => ({ before: last?.now ?? null, now }));
      timer = window.setTimeout(look, EVERY_MS);
    }
    void look();
    document.addEventListener('visibilitychange', look, { signal: ending.signal });
    return () => {
      ending.abort();
      window.clearTimeout(timer);
    };
  }, [client, taskId]);
  return looks;
}
