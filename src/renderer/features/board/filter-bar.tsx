import { Button, CloseButton, Menu, Text } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { useMemo } from 'react';
import { filter } from '../../app/window-state.ts';
import { EMPTY_FILTER, isEmptyFilter, type TaskFilter } from '../../state/filter.logic.ts';
import { useAgentTitle, useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import classes from './board.module.css';
import { labels } from './labels.ts';

const words = labels.filters;
const LONGEST = 80;

const set = (part: Partial<TaskFilter>) => filter.set({ ...filter.get(), ...part });

/** By what tasks can be filtered, and by what they are; nothing where there is nothing to choose between. */
export function FilterBar({ shown }: { shown: number }) {
  const current = useValue(filter);
  const projects = useProjects() ?? [];
  const agents = useAgentsInUse();
  const titleOf = useAgentTitle();
  const canChooseProject = current.projectId === null && projects.length > 1;
  const canChoose = agents.length > 1 || canChooseProject;
  const project = projects.find(({ id }) => id === current.projectId);
  // The project is a place, which the sidebar shows; it stays when the rest is cleared.
  const isFiltered = !isEmptyFilter({ ...current, projectId: null });
  if (!canChoose && !isFiltered && current.projectId === null) return null;
  return (
    <div
      className={classes.filters}
      role="toolbar"
      aria-label={words.bar}
      data-place-only={(!canChoose && !isFiltered) || undefined}
    >
      {canChoose && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" color="gray" leftSection={<ListFilter size="1em" aria-hidden />}>
              {words.filter}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {agents.length > 1 && (
              <>
                <Menu.Label>{words.agent}</Menu.Label>
                {agents.map((agent) => (
                  <Choice
                    key={agent}
                    words={titleOf(agent)}
                    isChosen={current.agent === agent}
                    onChoose={() => set({ agent: current.agent === agent ? null : agent })}
                  />
                ))}
              </>
            )}
            {canChooseProject && (
              <>
                <Menu.Label>{words.project}</Menu.Label>
                {projects.map(({ id, name }) => (
                  <Choice key={id} words={name} isChosen={false} onChoose={() => set({ projectId: id })} />
                ))}
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {current.archived && <Chip words={words.archived} onDrop={() => set({ archived: false })} />}
      {project && (
        <span className={classes.place}>
          <Chip words={project.name} onDrop={() => set({ projectId: null })} />
        </span>
      )}
      {current.agent !== null && <Chip words={titleOf(current.agent)} onDrop={() => set({ agent: null })} />}
      {current.text.trim() !== '' && (
        <Chip words={words.text(visibleLine(current.text.trim(), LONGEST))} onDrop={() => set({ text: '' })} />
      )}
      {isFiltered && (
        <>
          <Text size="xs" c="dimmed" role="status">
            {labels.tasks(shown)}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => filter.set({ ...EMPTY_FILTER, projectId: current.projectId })}
          >
            {words.clear}
          </Button>
        </>
      )}
    </div>
  );
}

/** Names of the agents of the tasks there are. */
function useAgentsInUse(): readonly string[] {
  const { summaries } = useTaskList();
  const names = useMemo(
    () => [...new Set(Array.from(summaries.values(), ({ agent }) => agent.agent))].sort().join('\n'),
    [summaries],
  );
  return useMemo(() => names.split('\n').filter(Boolean), [names]);
}

function Choice({ words: name, isChosen, onChoose }: { words: string; isChosen: boolean; onChoose(): void }) {
  return (
    <Menu.CheckboxItem checked={isChosen} onChange={onChoose} closeMenuOnClick>
      {visibleLine(name, LONGEST)}
    </Menu.CheckboxItem>
  );
}

function Chip({ words: name, onDrop }: { words: string; onDrop(): void }) {
  return (
    <span className={classes.chip}>
      <Text span size="xs" truncate="end" dir="auto">
        {name}
      </Text>
      <CloseButton size="xs" aria-label={words.remove(name)} onClick={onDrop} />
    </span>
  );
}
