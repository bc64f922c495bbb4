import { Button, Center, Loader, Stack, Text } from '@mantine/core';
import { Plus } from 'lucide-react';
import { EMPTY_FILTER, isEmptyFilter } from '../../state/filter.logic.ts';
import { useTaskList, useValue } from '../../state/hooks.ts';
import { filter, openNewTask } from '../../ui/window-state.ts';

/** Where there is no task to show: still loading, none fits the filters, or there are none. */
export function NoTasks() {
  const { loaded } = useTaskList();
  const current = useValue(filter);
  return (
    <Center flex={1} p="xl">
      {!loaded ? (
        <Loader aria-label="Loading tasks" />
      ) : isEmptyFilter(current) ? (
        <Stack align="center" gap="sm">
          <Text fw={600}>No tasks yet</Text>
          <Text c="dimmed" ta="center">
            Say what should be done, and an agent does it on a branch of its own.
          </Text>
          <Button leftSection={<Plus size="1.1em" aria-hidden />} onClick={openNewTask}>
            New task
          </Button>
        </Stack>
      ) : (
        <Stack align="center" gap="sm">
          <Text fw={600}>No task fits the filters</Text>
          <Button variant="default" onClick={() => filter.set(EMPTY_FILTER)}>
            Clear filters
          </Button>
        </Stack>
      )}
    </Center>
  );
}
