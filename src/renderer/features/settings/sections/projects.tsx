import { Badge, Button, Group, NavLink, Text } from '@mantine/core';
import { ChevronRight, FolderGit2, ShieldAlert } from 'lucide-react';
import { useContext } from 'react';
import type { Project } from '../../../../contract/project/state.ts';
import { openSettings, projectDialogOpen } from '../../../app/window-state.ts';
import { useProjects } from '../../../state/hooks.ts';
import { fits } from '../find.logic.ts';
import { labels } from '../labels.ts';
import { Marked, SearchContext } from '../row.tsx';
import classes from '../settings.module.css';

/** What a project is found by: its own words, and what can be set for it. */
export function findProjects<T extends Project>(projects: readonly T[], words: readonly string[]): T[] {
  const can = 'Projects trust setup commands copied files checks branch prefix quiet protections remove';
  return projects.filter(({ name, path }) => fits(words, can, name, path));
}

/** All projects; each has a page of its own. */
export function Projects() {
  const projects = useProjects() ?? [];
  const words = useContext(SearchContext);
  const found = findProjects(projects, words);
  return (
    <>
      {found.length > 0 && (
        <div className={classes.card} data-list>
          {found.map(({ id, name, path, trusted, quiet, gone }) => (
            <NavLink
              key={id}
              component="button"
              className={classes.navLink}
              onClick={() => openSettings('projects', id)}
              label={<Marked>{name}</Marked>}
              description={<Marked>{path}</Marked>}
              leftSection={
                trusted ? (
                  <FolderGit2 size="1.1em" aria-hidden />
                ) : (
                  <ShieldAlert size="1.1em" aria-label={labels.notTrusted} />
                )
              }
              rightSection={
                <Group gap="xs">
                  {gone && (
                    <Badge size="xs" variant="light" color="red">
                      {labels.folderGone}
                    </Badge>
                  )}
                  {quiet && (
                    <Badge size="xs" variant="light" color="gray">
                      {labels.quiet}
                    </Badge>
                  )}
                  <ChevronRight size="1em" aria-hidden />
                </Group>
              }
            />
          ))}
        </div>
      )}
      {projects.length === 0 && (
        <Text size="sm" c="dimmed">
          {labels.noProject}
        </Text>
      )}
      {words.length === 0 && (
        <Button size="compact-sm" variant="light" w="fit-content" onClick={() => projectDialogOpen.set(true)}>
          {labels.addProject}
        </Button>
      )}
    </>
  );
}
