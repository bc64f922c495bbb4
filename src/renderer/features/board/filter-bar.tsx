import { Button, CloseButton, Text } from '@mantine/core';
import { EMPTY_FILTER, isEmptyFilter, type TaskFilter } from '../../state/filter.logic.ts';
import { useProjects, useValue } from '../../state/hooks.ts';
import { filter } from '../../ui/window-state.ts';
import classes from './board.module.css';
import { tasksInWords } from './bulk.logic.ts';

/** By what the tasks are filtered, each filter with what drops it; nothing when they are not. */
export function FilterBar({ shown }: { shown: number }) {
  const current = useValue(filter);
  const projects = useProjects();
  if (isEmptyFilter(current)) return null;
  const name = projects?.find(({ id }) => id === current.projectId)?.name ?? '';
  const set = (part: Partial<TaskFilter>) => filter.set({ ...filter.get(), ...part });
  return (
    <div className={classes.filters} role="toolbar" aria-label="Filters">
      <Text size="xs" c="dimmed">
        {tasksInWords(shown)}
      </Text>
      {current.archived && <Chip words="Archived" onDrop={() => set({ archived: false })} />}
      {current.needsYou && <Chip words="Needs you" onDrop={() => set({ needsYou: false })} />}
      {current.projectId !== null && <Chip words={`Project ${name}`} onDrop={() => set({ projectId: null })} />}
      {current.agent !== null && <Chip words={`Agent ${current.agent}`} onDrop={() => set({ agent: null })} />}
      {current.text.trim() !== '' && <Chip words={`“${current.text.trim()}”`} onDrop={() => set({ text: '' })} />}
      <Button size="compact-xs" variant="subtle" onClick={() => filter.set(EMPTY_FILTER)}>
        Clear filters
      </Button>
    </div>
  );
}

function Chip({ words, onDrop }: { words: string; onDrop(): void }) {
  return (
    <span className={classes.chip}>
      <Text span size="xs" truncate="end">
        {words}
      </Text>
      <CloseButton size="xs" aria-label={`Remove filter ${words}`} onClick={onDrop} />
    </span>
  );
}
