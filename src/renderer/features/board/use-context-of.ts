import { useCallback, useMemo } from 'react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { useAgentTitle, useProjects } from '../../state/hooks.ts';
import { visibleLine } from '../../ui/text.logic.ts';

const LONGEST = 60;

/** Says where a task belongs: its project and its agent, each only where those of the tasks differ. */
export function useContextOf(tasks: readonly TaskSummary[]): (task: TaskSummary) => string {
  const projects = useProjects();
  const titleOf = useAgentTitle();
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const manyProjects = differ(tasks, ({ projectId }) => projectId);
  const manyAgents = differ(tasks, ({ agent }) => agent.agent);
  return useCallback(
    ({ projectId, agent }) => {
      const parts = [manyProjects ? (names.get(projectId) ?? '') : '', manyAgents ? titleOf(agent.agent) : ''];
      return visibleLine(parts.filter(Boolean).join(' · '), LONGEST);
    },
    [names, titleOf, manyProjects, manyAgents],
  );
}

function differ(tasks: readonly TaskSummary[], of: (task: TaskSummary) => string): boolean {
  const [first] = tasks;
  return first !== undefined && tasks.some((task) => of(task) !== of(first));
}
