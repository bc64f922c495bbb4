import { List } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Task } from '../../../../contract/task/state.ts';
import { standsWords } from '../../../../contract/words/workspace.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';
import { useClient, useStore, useValue } from '../../../state/hooks.ts';
import { visibleLine } from '../../../ui/text.logic.ts';

const LONGEST = 300;

/** Where the work of a task is, as git has it now: on which branch, whether it has landed, what is elsewhere. */
export function WhereWorkIs({ detail }: { detail: WorkspaceDetail }) {
  return (
    <List size="sm" listStyleType="none">
      {standsWords(detail).map((words) => (
        <List.Item key={words}>{visibleLine(words, LONGEST)}</List.Item>
      ))}
    </List>
  );
}

/** What git says of the workspace of a task, asked when it is opened and when a turn or a run begins or ends; null until then. */
export function useWorkspaceDetail(task: Pick<Task, 'workspace' | 'status' | 'run'>): WorkspaceDetail | null {
  const client = useClient();
  const workspaces = useValue(useStore().workspaceChanges);
  const [detail, setDetail] = useState<WorkspaceDetail | null>(null);
  const workspaceId = task.workspace?.id ?? null;
  const now = [workspaces, task.status, task.run?.id, task.run?.turns, task.run?.openTurn].join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever something may have changed.
  useEffect(() => {
    if (workspaceId === null) return;
    let over = false;
    client.workspaces.get({ workspaceId }).then(
      (found) => !over && setDetail(found),
      () => {},
    );
    return () => {
      over = true;
    };
  }, [client, workspaceId, now]);
  return detail?.id === workspaceId ? detail : null;
}
