import { ActionIcon, AppShell, Burger, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Keyboard, Plus, Search, Settings } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import { useKeyHint } from '../../ui/actions.ts';
import { OnDemand } from '../../ui/on-demand.tsx';
import type { Route, View } from '../../ui/route.logic.ts';
import { sizes } from '../../ui/theme.ts';
import { filter, go, goHome, helpOpen, openNewTask, openTask, route, view } from '../../ui/window-state.ts';
import { ApprovalsButton } from '../approvals/approvals-button.tsx';
import { BoardView } from '../board/board-view.tsx';
import { ListView } from '../list/list-view.tsx';
import { NewTaskDialog } from '../new-task/new-task-dialog.tsx';
import { Palette } from '../palette/palette.tsx';
import { ProjectDialog } from '../project/project-dialog.tsx';
import { welcomed } from '../welcome/welcomed.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { useDesktopNotices } from './notices.ts';
import { audit, inbox, loadWhenIdle, rules, settingsPage, taskView, welcome } from './parts.ts';
import { PauseBanner } from './pause.tsx';
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
  const { loaded } = useTaskList();
  useEffect(() => (loaded ? loadWhenIdle() : undefined), [loaded]);
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
        <PauseBanner />
        <div className={classes.body}>
          {!(at.taskId && wide) && (
            <div className={classes.content}>
              <Place />
            </div>
          )}
          {at.taskId && (
            <section className={wide ? classes.panelWide : classes.panel} aria-label="Task">
              <OnDemand
                part={taskView}
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

/** Whether a page stands in the place of the tasks. */
const isPage = (place: Route['place']) => place !== null && place !== 'board' && place !== 'list';

function Place() {
  const at = useValue(route);
  const shown = useValue(view);
  const { archived } = useValue(filter);
  const { loaded, summaries } = useTaskList();
  const projects = useProjects();
  const known = useValue(welcomed);
  if (at.place === 'settings') return <OnDemand part={settingsPage} />;
  if (at.place === 'approvals') return <OnDemand part={inbox} />;
  if (at.place === 'rules') return <OnDemand part={rules} />;
  if (at.place === 'audit') return <OnDemand part={audit} />;
  const fresh = loaded && projects?.length === 0 && summaries.size === 0 && !known;
  if (at.place === 'welcome' || fresh) return <OnDemand part={welcome} />;
  return shown === 'list' || archived ? <ListView /> : <BoardView />;
}

function Header({ searchRef }: { searchRef: React.RefObject<HTMLInputElement | null> }) {
  const at = useValue(route);
  const shown = useValue(view);
  const current = useValue(filter);
  const search = useKeyHint('tasks.search');
  const create = useKeyHint('task.new');
  const help = useKeyHint('help');
  const settings = useKeyHint('go.settings');
  return (
    <>
      <TextInput
        ref={searchRef}
        className={classes.search}
        size="xs"
        type="search"
        aria-label="Search tasks"
        placeholder={`Search tasks${search.suffix}`}
        aria-keyshortcuts={search.aria}
        leftSection={<Search size="1em" aria-hidden />}
        value={current.text}
        onChange={(event) => {
          filter.set({ ...current, text: event.currentTarget.value });
          if (isPage(at.place)) goHome();
        }}
      />
      <SegmentedControl
        size="xs"
        visibleFrom="sm"
        aria-label="View"
        value={isPage(at.place) ? '' : shown}
        onChange={(next) => go({ place: next as View })}
        data={[
          { value: 'board', label: 'Board' },
          { value: 'list', label: 'List' },
        ]}
      />
      <Tooltip label={`New task${create.suffix}`}>
        <Button
          size="xs"
          ml="auto"
          aria-keyshortcuts={create.aria}
          leftSection={<Plus size="1.1em" aria-hidden />}
          onClick={openNewTask}
        >
          New task
        </Button>
      </Tooltip>
      <ApprovalsButton />
      <Tooltip label={`Keys${help.suffix}`}>
        <ActionIcon variant="subtle" visibleFrom="sm" color="gray" aria-label="Keys" onClick={() => helpOpen.set(true)}>
          <Keyboard size="1.2em" aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`Settings${settings.suffix}`}>
        <ActionIcon variant="subtle" color="gray" aria-label="Settings" onClick={() => go({ place: 'settings' })}>
          <Settings size="1.2em" aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
