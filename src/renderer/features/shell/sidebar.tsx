import { ActionIcon, Badge, Text, Tooltip } from '@mantine/core';
import { Archive, CircleAlert, FolderPlus, Layers } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ListedProject } from '../../../contract/project/state.ts';
import { useKeyHint } from '../../app/actions.ts';
import { filter, go, goHome, projectDialogOpen, route } from '../../app/window-state.ts';
import { useProjects, useTaskList, useValue } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import { PlaceLink } from './place-link.tsx';
import { ProjectMenu } from './project-menu.tsx';
import { countTasks, hereOf, initialOf, NO_TASKS, type TaskCounts } from './sidebar.logic.ts';
import classes from './sidebar.module.css';
import { SidebarFoot } from './sidebar-foot.tsx';

const ICON = '1.15em';
const MOST_SHOWN = 99;

/** Where one can go: what needs a person, all tasks, a project, and at the foot how Drover is doing. */
export function Sidebar({ iconsOnly }: { iconsOnly: boolean }) {
  const projects = useProjects() ?? [];
  const { summaries } = useTaskList();
  const current = useValue(filter);
  const at = useValue(route);
  const counts = useMemo(() => countTasks(summaries.values()), [summaries]);
  const here = hereOf(at, current);
  const needsKeys = useKeyHint('go.approvals');

  const show = (part: { archived?: boolean; projectId?: string | null }) => {
    filter.set({ ...filter.get(), archived: false, projectId: null, ...part });
    goHome();
  };
  return (
    <div className={classes.sidebar}>
      <div className={classes.places}>
        <PlaceLink
          icon={<CircleAlert size={ICON} aria-hidden />}
          label={labels.needsYou}
          tooltip={`${labels.needsYou}${needsKeys.suffix}`}
          keys={needsKeys.aria}
          badge={counts.needs > 0 && <NeedsBadge count={counts.needs} />}
          here={here === 'needs-you'}
          iconsOnly={iconsOnly}
          onClick={() => go({ place: 'needs-you' })}
        />
        <PlaceLink
          icon={<Layers size={ICON} aria-hidden />}
          label={labels.allTasks}
          badge={!iconsOnly && <Total count={counts.total} />}
          here={here === 'all'}
          iconsOnly={iconsOnly}
          onClick={() => show({})}
        />
        <PlaceLink
          icon={<Archive size={ICON} aria-hidden />}
          label={labels.archived}
          here={here === 'archived'}
          iconsOnly={iconsOnly}
          onClick={() => show({ archived: true })}
        />
        <div className={classes.heading} data-icons={iconsOnly || undefined}>
          {!iconsOnly && (
            <Text component="h2" m={0} size="xs" fw={500} c="dimmed">
              {labels.projects}
            </Text>
          )}
          <Tooltip label={labels.addProject} position="right">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={labels.addProject}
              onClick={() => projectDialogOpen.set(true)}
            >
              <FolderPlus size={ICON} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
        {projects.map((project) => (
          <ProjectLink
            key={project.id}
            project={project}
            counts={counts.byProject.get(project.id) ?? NO_TASKS}
            here={typeof here === 'object' && here?.projectId === project.id}
            iconsOnly={iconsOnly}
            onClick={() => show({ projectId: project.id })}
          />
        ))}
      </div>
      <SidebarFoot running={counts.running} iconsOnly={iconsOnly} />
    </div>
  );
}

interface ProjectLinkProps {
  project: ListedProject;
  counts: TaskCounts;
  here: boolean;
  iconsOnly: boolean;
  onClick(): void;
}

function ProjectLink({ project, counts, here, iconsOnly, onClick }: ProjectLinkProps) {
  const { name, path, trusted } = project;
  const said = labels.projectCounts(counts.total, counts.needs);
  const [menuOpen, setMenuOpen] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu is reached by its own button, too.
    <div
      className={classes.project}
      data-menu={menuOpen || undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenuOpen(true);
      }}
    >
      <PlaceLink
        icon={
          <span className={classes.initial} data-needs={counts.needs > 0 || undefined} aria-hidden>
            {initialOf(name)}
          </span>
        }
        label={name}
        more={trusted ? said : `${said}, ${labels.untrusted}`}
        tooltip={[iconsOnly ? name : path, trusted ? '' : labels.untrustedMeans].filter(Boolean).join(' · ')}
        badge={
          !iconsOnly && (
            <span className={classes.ends} aria-hidden>
              {!trusted && (
                <Badge size="xs" variant="default" className={classes.untrusted}>
                  {labels.untrusted}
                </Badge>
              )}
              <Total count={counts.total} />
            </span>
          )
        }
        here={here}
        iconsOnly={iconsOnly}
        onClick={onClick}
      />
      <ProjectMenu project={project} opened={menuOpen} iconsOnly={iconsOnly} onChange={setMenuOpen} />
    </div>
  );
}

function NeedsBadge({ count }: { count: number }) {
  return (
    <Badge size="sm" variant="light" color="needs" className={classes.badge}>
      {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
    </Badge>
  );
}

function Total({ count }: { count: number }) {
  return (
    <span className={classes.total} data-numbers>
      {count}
    </span>
  );
}
