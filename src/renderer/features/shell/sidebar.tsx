import { ActionIcon, Badge, Button, Group, NavLink, ScrollArea, Select, Stack, Text, Tooltip } from '@mantine/core';
import { Archive, CircleAlert, FolderGit2, FolderPlus, Layers, ShieldAlert } from 'lucide-react';
import { useMemo } from 'react';
import { columnOf } from '../../../contract/task/derive.ts';
import { EMPTY_FILTER, isEmptyFilter } from '../../state/filter.logic.ts';
import { useAgents, useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import { filter, go, goHome, projectDialogOpen, route } from '../../ui/window-state.ts';
import { PauseButton } from './pause.tsx';
import classes from './shell.module.css';

export function Sidebar() {
  const projects = useProjects() ?? [];
  const agents = useAgents() ?? [];
  const { summaries } = useTaskList();
  const current = useValue(filter);
  const at = useValue(route);
  const counts = useMemo(() => {
    const all = new Map<string, { total: number; needs: number }>();
    for (const task of summaries.values()) {
      if (task.archivedAt !== null) continue;
      const count = all.get(task.projectId) ?? { total: 0, needs: 0 };
      count.total += 1;
      if (columnOf(task) === 'needs-you') count.needs += 1;
      all.set(task.projectId, count);
    }
    return all;
  }, [summaries]);

  const totals = [...counts.values()].reduce(
    (sum, { total, needs }) => ({ total: sum.total + total, needs: sum.needs + needs }),
    { total: 0, needs: 0 },
  );

  // Elsewhere nothing here is what is shown, only what will be shown again.
  const tasksShown = ['board', 'list', null].includes(at.place);
  const toggle = (name: 'needsYou' | 'archived') => {
    filter.set({ ...filter.get(), needsYou: false, archived: false, [name]: !filter.get()[name] });
    if (!tasksShown) goHome();
  };
  const choose = (projectId: string | null) => {
    filter.set({ ...filter.get(), projectId });
    if (!tasksShown) goHome();
  };
  return (
    <ScrollArea h="100%">
      <Stack gap="xs" p="sm">
        <Group gap="xs" grow hiddenFrom="sm">
          <Button size="xs" variant="default" onClick={() => go({ place: 'board' })}>
            Board
          </Button>
          <Button size="xs" variant="default" onClick={() => go({ place: 'list' })}>
            List
          </Button>
        </Group>
        <div>
          <NavLink
            component="button"
            className={classes.link}
            label="Needs you"
            leftSection={<CircleAlert size="1.1em" aria-hidden />}
            rightSection={
              <Badge size="sm" variant="light" color={totals.needs > 0 ? 'orange' : 'gray'}>
                {totals.needs}
              </Badge>
            }
            active={tasksShown && current.needsYou}
            aria-pressed={current.needsYou}
            onClick={() => toggle('needsYou')}
          />
          <NavLink
            component="button"
            className={classes.link}
            label="Archived"
            leftSection={<Archive size="1.1em" aria-hidden />}
            active={tasksShown && current.archived}
            aria-pressed={current.archived}
            onClick={() => toggle('archived')}
          />
        </div>
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" fw={600} c="dimmed">
            Projects
          </Text>
          <Tooltip label="Add a project">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label="Add a project"
              onClick={() => projectDialogOpen.set(true)}
            >
              <FolderPlus size="1.1em" aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
        <div>
          <NavLink
            component="button"
            className={classes.link}
            label="All projects"
            leftSection={<Layers size="1.1em" aria-hidden />}
            rightSection={<Counts total={totals.total} needs={0} />}
            active={tasksShown && current.projectId === null}
            aria-current={current.projectId === null ? 'true' : undefined}
            onClick={() => choose(null)}
          />
          {projects.map((project) => (
            <NavLink
              component="button"
              key={project.id}
              className={classes.link}
              label={
                <Text size="sm" truncate="end">
                  {project.name}
                </Text>
              }
              title={project.path}
              leftSection={
                project.trusted ? (
                  <FolderGit2 size="1.1em" aria-hidden />
                ) : (
                  <ShieldAlert size="1.1em" aria-label="Not trusted" />
                )
              }
              rightSection={<Counts {...(counts.get(project.id) ?? { total: 0, needs: 0 })} />}
              active={tasksShown && current.projectId === project.id}
              aria-current={current.projectId === project.id ? 'true' : undefined}
              onClick={() => choose(project.id)}
            />
          ))}
        </div>
        <Select
          size="xs"
          label="Agent"
          placeholder="Every agent"
          clearable
          clearButtonProps={{ 'aria-label': 'Every agent' }}
          data={agents.map(({ name }) => name)}
          value={current.agent}
          onChange={(agent) => filter.set({ ...filter.get(), agent })}
        />
        {!isEmptyFilter(current) && (
          <NavLink
            component="button"
            className={classes.link}
            label="Clear filters"
            onClick={() => filter.set(EMPTY_FILTER)}
          />
        )}
        <PauseButton />
      </Stack>
    </ScrollArea>
  );
}

function Counts({ total, needs }: { total: number; needs: number }) {
  return (
    <Group gap="xs" wrap="nowrap">
      {needs > 0 && (
        <Badge size="sm" color="orange" variant="light" leftSection={<CircleAlert size="1em" aria-label="Need you:" />}>
          {needs}
        </Badge>
      )}
      <Text size="xs" c="dimmed">
        {total}
      </Text>
    </Group>
  );
}
