import { Button, Center, Loader, Stack, Text } from '@mantine/core';
import { FolderPlus, Plus } from 'lucide-react';
import { EMPTY_FILTER, isEmptyFilter } from '../../state/filter.logic.ts';
import { useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import { filter, openNewTask, projectDialogOpen } from '../../ui/window-state.ts';

/** Where there is no task to show: why, and what to do next. */
export function NoTasks() {
  const { loaded } = useTaskList();
  const projects = useProjects();
  const current = useValue(filter);
  if (!loaded) {
    return (
      <Center flex={1} p="xl">
        <Loader aria-label="Loading tasks" />
      </Center>
    );
  }
  const { archived, needsYou } = current;
  if (isEmptyFilter({ ...current, archived: false, needsYou: false }) && (archived || needsYou)) {
    return archived ? (
      <Words title="Nothing is archived" words="Drag a finished task to the archive, or press A on it.">
        <Clear words="Back to the tasks" />
      </Words>
    ) : (
      <Words title="Nothing needs you" words="Tasks that wait for an answer, or for you to unblock an item, show here.">
        <Clear words="Show all tasks" />
      </Words>
    );
  }
  if (!isEmptyFilter(current)) {
    return (
      <Words title="No tasks match the filters" words="Remove one of them above, or clear all.">
        <Clear words="Clear filters" />
      </Words>
    );
  }
  if (projects?.length === 0) {
    return (
      <Words title="No project yet" words="Add the git repository that agents may work in.">
        <Button leftSection={<FolderPlus size="1.1em" aria-hidden />} onClick={() => projectDialogOpen.set(true)}>
          Add a project
        </Button>
      </Words>
    );
  }
  return (
    <Words title="No tasks yet" words="Say what should be done, and an agent does it on a branch of its own.">
      <Button leftSection={<Plus size="1.1em" aria-hidden />} onClick={openNewTask}>
        New task
      </Button>
    </Words>
  );
}

function Words({ title, words, children }: { title: string; words: string; children: React.ReactNode }) {
  return (
    <Center flex={1} p="xl">
      <Stack align="center" gap="sm">
        <Text fw={600}>{title}</Text>
        <Text c="dimmed" ta="center">
          {words}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}

function Clear({ words }: { words: string }) {
  return (
    <Button variant="default" onClick={() => filter.set(EMPTY_FILTER)}>
      {words}
    </Button>
  );
}
