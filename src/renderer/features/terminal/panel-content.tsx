import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import { ChevronDown, X } from 'lucide-react';
import { useKeyHint } from '../../app/actions.ts';
import { filter, route } from '../../app/window-state.ts';
import { useProjects, useTask, useValue } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import classes from './panel.module.css';
import { closePanel, panelProject, panelTakesFocus } from './panel-state.ts';
import { Terminals } from './terminals.tsx';

/** The terminals of what the window shows: of the workspace of an open task, or else of a project. */
export function PanelContent() {
  const { taskId } = useValue(route);
  const { projectId } = useValue(filter);
  return taskId === null ? <Placed projectId={projectId} /> : <OfTask taskId={taskId} />;
}

function OfTask({ taskId }: { taskId: string }) {
  const task = useTask(taskId);
  if (task === undefined) return null;
  return <Placed projectId={task?.projectId ?? null} taskId={task?.workspace ? taskId : undefined} />;
}

/** The place that is shown, and those that may be chosen instead. */
function Placed({ projectId, taskId }: { projectId: string | null; taskId?: string | undefined }) {
  const projects = useProjects();
  const chosen = useValue(panelProject);
  if (projects === null) return null;
  const project = projects.find(({ id }) => id === (chosen ?? projectId)) ?? projects[0];
  if (project === undefined) {
    return (
      <Group justify="space-between" align="flex-start" wrap="nowrap" p="md">
        <Text size="sm" c="dimmed">
          {labels.noPlace}
        </Text>
        <Hide />
      </Group>
    );
  }
  const ofTask = chosen === null && taskId !== undefined;
  const name = ofTask ? labels.thisTask : project.name;
  const several = projects.length + (taskId === undefined ? 0 : 1) > 1;
  return (
    <Terminals
      key={ofTask ? taskId : project.id}
      of={ofTask ? { taskId } : { projectId: project.id }}
      takesFocus={panelTakesFocus}
      before={
        several ? (
          <Menu position="top-start" withinPortal returnFocus>
            <Menu.Target>
              <Button
                className={classes.place}
                size="compact-xs"
                variant="subtle"
                color="gray"
                rightSection={<ChevronDown size="1em" aria-hidden />}
                aria-label={labels.placeOf(name)}
              >
                <span className={classes.name}>{name}</span>
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {taskId !== undefined && <Menu.Item onClick={() => panelProject.set(null)}>{labels.thisTask}</Menu.Item>}
              {projects.map((one) => (
                <Menu.Item key={one.id} onClick={() => panelProject.set(one.id)}>
                  {one.name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : (
          <Text size="xs" c="dimmed" className={classes.place} truncate>
            {name}
          </Text>
        )
      }
      after={<Hide />}
    />
  );
}

function Hide() {
  const { suffix, aria } = useKeyHint('terminals.panel');
  return (
    <Tooltip label={`${labels.hidePanel}${suffix}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={labels.hidePanel}
        aria-keyshortcuts={aria}
        onClick={closePanel}
      >
        <X size="1em" aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
