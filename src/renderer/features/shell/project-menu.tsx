import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, MessageSquareCode, Settings, SquareTerminal } from 'lucide-react';
import type { ListedProject } from '../../../contract/project/state.ts';
import { openSettings } from '../../app/window-state.ts';
import { useClient } from '../../state/hooks.ts';
import { openSession } from '../board/session-acts.ts';
import { openProjectTerminal } from '../terminal/panel-state.ts';
import { labels } from './labels.ts';
import classes from './sidebar.module.css';

interface ProjectMenuProps {
  project: ListedProject;
  opened: boolean;
  iconsOnly: boolean;
  onChange(opened: boolean): void;
}

/** What can be done with a project of the sidebar, besides showing its tasks. */
export function ProjectMenu({ project, opened, iconsOnly, onChange }: ProjectMenuProps) {
  const client = useClient();
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-start" withinPortal returnFocus>
      <Menu.Target>
        <ActionIcon
          className={classes.menu}
          data-icons={iconsOnly || undefined}
          variant={iconsOnly ? 'default' : 'subtle'}
          color="gray"
          size={iconsOnly ? 'xs' : 'sm'}
          aria-label={labels.projectMenu(project.name)}
        >
          <Ellipsis size="1em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<MessageSquareCode size="1em" aria-hidden />}
          onClick={() => void openSession(client, { projectId: project.id })}
        >
          {labels.openSession}
        </Menu.Item>
        <Menu.Item
          leftSection={<SquareTerminal size="1em" aria-hidden />}
          onClick={() => void openProjectTerminal(client, project.id, document.body)}
        >
          {labels.openTerminal}
        </Menu.Item>
        <Menu.Item
          leftSection={<Settings size="1em" aria-hidden />}
          onClick={() => openSettings('projects', project.id)}
        >
          {labels.projectSettings}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
