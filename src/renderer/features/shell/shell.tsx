import { ActionIcon, AppShell, Burger, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Keyboard, Plus, Search, Settings } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import type { View } from '../../ui/route.logic.ts';
import { sizes } from '../../ui/theme.ts';
import { filter, go, goHome, helpOpen, openNewTask, openTask, route, view } from '../../ui/window-state.ts';
import { BoardView } from '../board/board-view.tsx';
import { ListView } from '../list/list-view.tsx';
import { NewTaskDialog } from '../new-task/new-task-dialog.tsx';
import { Palette } from '../palette/palette.tsx';
import { ProjectDialog } from '../project/project-dialog.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { TaskView } from '../task/task-view.tsx';
import { Welcome } from '../welcome/welcome.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { useDesktopNotices } from './notices.ts';
import classes from './shell.module.css';
import { useShellKeys } from './shell-keys.ts';
import { Sidebar } from './sidebar.tsx';

/** The whole window: what surrounds the tasks, and where everything else goes. */
export function Shell() {
  const at = useValue(route);
  const [sidebarOpen, sidebar] = useDisclosure(false);
  const beside = useMediaQuery(`(min-width: ${sizes.panelBeside}px)`, true, { getInitialValueInEffect: false });
  const searchRef = useRef<HTMLInputElement>(null);
  useShellKeys(searchRef);
  useDesktopNotices();
  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever one goes, the sidebar of a narrow window closes.
  useEffect(sidebar.close, [at]);

  const wide = at.wide || !beside;
  return (
    <AppShell
      header={{ height: 'var(--drover-header)' }}
      navbar={{ width: 'var(--drover-sidebar)', breakpoint: sizes.narrow, collapsed: { mobile: !sidebarOpen } }}
      padding={0}
    >
      <AppShell.Header className={classes.header}>
        <Burger
          opened={sidebarOpen}
          onClick={sidebar.toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={sidebarOpen ? 'Hide projects' : 'Show projects'}
        />
        <Header searchRef={searchRef} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.sidebar} aria-label="Projects and filters">
        <Sidebar />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>
        <ConnectionBanner />
        <div className={classes.body}>
          {!(at.taskId && wide) && (
            <div className={classes.content}>
              <Place />
            </div>
          )}
          {at.taskId && (
            <section className={wide ? classes.panelWide : classes.panel} aria-label="Task">
              <TaskView
                key={at.taskId}
                taskId={at.taskId}
                onClose={goHome}
                wide={wide}
                onToggleWide={() => at.taskId && openTask(at.taskId, !at.wide)}
              />
            </section>
          )}
        </div>
      </AppShell.Main>
      <NewTaskDialog />
      <ProjectDialog />
      <HelpDialog />
      <Palette />
    </AppShell>
  );
}

function Place() {
  const at = useValue(route);
  const shown = useValue(view);
  const { loaded, summaries } = useTaskList();
  const projects = useProjects();
  if (at.place === 'settings') return <SettingsPage />;
  if (loaded && projects?.length === 0 && summaries.size === 0) return <Welcome />;
  return shown === 'list' ? <ListView /> : <BoardView />;
}

function Header({ searchRef }: { searchRef: React.RefObject<HTMLInputElement | null> }) {
  const at = useValue(route);
  const shown = useValue(view);
  const current = useValue(filter);
  return (
    <>
      <TextInput
        ref={searchRef}
        className={classes.search}
        size="xs"
        type="search"
        aria-label="Search tasks"
        placeholder="Search tasks (/)"
        leftSection={<Search size="1em" aria-hidden />}
        value={current.text}
        onChange={(event) => {
          filter.set({ ...current, text: event.currentTarget.value });
          if (at.place === 'settings') goHome();
        }}
      />
      <SegmentedControl
        size="xs"
        visibleFrom="sm"
        aria-label="View"
        value={at.place === 'settings' ? '' : shown}
        onChange={(next) => go({ place: next as View })}
        data={[
          { value: 'board', label: 'Board' },
          { value: 'list', label: 'List' },
        ]}
      />
      <Tooltip label="New task (N)">
        <Button size="xs" ml="auto" leftSection={<Plus size="1.1em" aria-hidden />} onClick={openNewTask}>
          New task
        </Button>
      </Tooltip>
      <Tooltip label="Keys (?)">
        <ActionIcon variant="subtle" visibleFrom="sm" color="gray" aria-label="Keys" onClick={() => helpOpen.set(true)}>
          <Keyboard size="1.2em" aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Settings">
        <ActionIcon variant="subtle" color="gray" aria-label="Settings" onClick={() => go({ place: 'settings' })}>
          <Settings size="1.2em" aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
