import { AppShell, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { OnDemand } from '../../app/on-demand.tsx';
import { filter, goHome, route, view } from '../../app/window-state.ts';
import { useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import { sizes } from '../../ui/theme.ts';
import { BoardView } from '../board/board-view.tsx';
import { ListView } from '../list/list-view.tsx';
import { NewTaskDialog } from '../new-task/new-task-dialog.tsx';
import { Palette } from '../palette/palette.tsx';
import { ProjectDialog } from '../project/project-dialog.tsx';
import { LimitBanner } from '../schedule/limit-banner.tsx';
import { TaskSplit } from '../task-list/task-split.tsx';
import { TerminalPanel } from '../terminal/panel.tsx';
import { panelOpen, panelProject } from '../terminal/panel-state.ts';
import { welcomed } from '../welcome/welcomed.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Header } from './header.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { labels } from './labels.ts';
import { useDesktopNotices } from './notices.ts';
import { loadWhenIdle, needsYou, settingsPage, taskView, welcome } from './parts.ts';
import { PauseBanner } from './pause.tsx';
import { RestartNotice } from './restart-notice.tsx';
import classes from './shell.module.css';
import { useShellKeys } from './shell-keys.ts';
import { Sidebar } from './sidebar.tsx';
import { useFrame } from './use-frame.ts';

/** The whole window: what surrounds the tasks, and where everything else goes. */
export function Shell() {
  const at = useValue(route);
  const [sidebarOpen, sidebar] = useDisclosure(false);
  const frame = useFrame();
  const searchRef = useRef<HTMLInputElement>(null);
  useShellKeys(searchRef);
  useDesktopNotices();
  const { loaded } = useTaskList();
  useEffect(() => (loaded ? loadWhenIdle() : undefined), [loaded]);
  const panel = [useValue(panelOpen), useValue(panelProject)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever one goes, the sidebar of a narrow window closes.
  useEffect(sidebar.close, [at, ...panel]);

  return (
    <AppShell
      header={{ height: 'var(--drover-header)' }}
      navbar={{
        width: frame === 'icons' ? 'var(--drover-sidebar-icons)' : 'var(--drover-sidebar)',
        breakpoint: sizes.narrow,
        // The settings have places of their own.
        collapsed: { mobile: !sidebarOpen, desktop: at.place === 'settings' },
      }}
      padding={0}
    >
      <AppShell.Header className={classes.header}>
        <Header frame={frame} searchRef={searchRef} sidebarOpen={sidebarOpen} onToggleSidebar={sidebar.toggle} />
      </AppShell.Header>
      <AppShell.Navbar
        className={classes.sidebar}
        aria-label={labels.navigation}
        data-away={(frame === 'phone' ? !sidebarOpen : at.place === 'settings') || undefined}
      >
        <Sidebar iconsOnly={frame === 'icons'} />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>
        <ConnectionBanner />
        <PauseBanner />
        <LimitBanner />
        <RestartNotice />
        <div className={classes.body}>
          {at.taskId ? (
            <TaskSplit taskId={at.taskId}>
              <TasksHeading />
              <section className={classes.task} aria-label={labels.task}>
                <OnDemand part={taskView} key={at.taskId} taskId={at.taskId} onClose={goHome} />
              </section>
            </TaskSplit>
          ) : (
            <div className={classes.content}>
              <Page />
            </div>
          )}
        </div>
        <TerminalPanel />
      </AppShell.Main>
      <NewTaskDialog />
      <ProjectDialog />
      <HelpDialog />
      <Palette />
    </AppShell>
  );
}

function Page() {
  const at = useValue(route);
  const shown = useValue(view);
  const { archived } = useValue(filter);
  const { loaded, summaries } = useTaskList();
  const projects = useProjects();
  const known = useValue(welcomed);
  if (at.place === 'settings') return <OnDemand part={settingsPage} />;
  if (at.place === 'needs-you') return <OnDemand part={needsYou} />;
  const fresh = loaded && projects?.length === 0 && summaries.size === 0 && !known;
  if (at.place === 'welcome' || fresh) return <OnDemand part={welcome} />;
  return (
    <>
      <TasksHeading />
      {shown === 'list' || archived ? <ListView /> : <BoardView />}
    </>
  );
}

/** Sighted people see by the sidebar where they are. */
function TasksHeading() {
  return (
    <VisuallyHidden>
      <h1>{labels.allTasks}</h1>
    </VisuallyHidden>
  );
}
