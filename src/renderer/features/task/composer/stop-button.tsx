import { Button, Tooltip } from '@mantine/core';
import { Square } from 'lucide-react';
import type { Task } from '../../../../contract/task/state.ts';
import { useKeyHint } from '../../../app/actions.ts';
import { ACTION_WORDS } from '../../board/task-actions.logic.ts';

/** Stops a task that is queued or runs. It stands apart from everything else, so that nothing takes its place. */
export function StopButton({ task, onStop }: { task: Pick<Task, 'status' | 'phase'>; onStop(): void }) {
  const { suffix, aria } = useKeyHint('task.main');
  if (task.status !== 'queued' && task.status !== 'running') return null;
  return (
    <Tooltip label={`${ACTION_WORDS.stop}${suffix}`}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Square size="0.9em" aria-hidden />}
        aria-keyshortcuts={aria}
        disabled={task.phase === 'stopping'}
        onClick={onStop}
      >
        {ACTION_WORDS.stop}
      </Button>
    </Tooltip>
  );
}
