import { Button, Center, Loader, Stack, Text } from '@mantine/core';
import { FolderPlus, Plus } from 'lucide-react';
import { filter, go, openNewTask, projectDialogOpen } from '../../app/window-state.ts';
import { EMPTY_FILTER, isEmptyFilter } from '../../state/filter.logic.ts';
import { useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import { labels } from './labels.ts';

const words = labels.empty;

/** Where there is no task to show: why, and what to do next. */
export function NoTasks() {
  const { loaded } = useTaskList();
  const projects = useProjects();
  const current = useValue(filter);
  if (!loaded) {
    return (
      <Center flex={1} p="xl">
        <Loader aria-label={words.loading} />
      </Center>
    );
  }
  if (current.archived && isEmptyFilter({ ...current, archived: false })) {
    return (
      <Words title={words.archivedTitle} words={words.archived}>
        <Clear words={words.backToTasks} />
      </Words>
    );
  }
  if (!isEmptyFilter(current)) {
    // What clears them stands above.
    return <Words title={words.noMatch} />;
  }
  if (projects?.length === 0) {
    return (
      <Words title={words.noProjectTitle} words={words.noProject}>
        <Button leftSection={<FolderPlus size="1.1em" aria-hidden />} onClick={() => projectDialogOpen.set(true)}>
          {words.addProject}
        </Button>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => go({ place: 'welcome' })}>
          {words.firstSteps}
        </Button>
      </Words>
    );
  }
  return (
    <Words title={words.noTasksTitle} words={words.noTasks}>
      <Button leftSection={<Plus size="1.1em" aria-hidden />} onClick={openNewTask}>
        {words.newTask}
      </Button>
    </Words>
  );
}

function Words({ title, words: more, children }: { title: string; words?: string; children?: React.ReactNode }) {
  return (
    <Center flex={1} p="xl">
      <Stack align="center" gap="sm">
        <Text fw={600}>{title}</Text>
        {more && (
          <Text c="dimmed" ta="center">
            {more}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  );
}

function Clear({ words: name }: { words: string }) {
  return (
    <Button variant="default" onClick={() => filter.set(EMPTY_FILTER)}>
      {name}
    </Button>
  );
}
