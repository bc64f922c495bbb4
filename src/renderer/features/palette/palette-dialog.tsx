import { Group, Highlight, Text } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { ChevronRight, FolderGit2, Search, SquareCheckBig } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { describeState } from '../../../contract/words/state.ts';
import { useProjects, useTaskList } from '../../state/hooks.ts';
import { ACTION_NAMES, ACTIONS } from '../../ui/actions.logic.ts';
import { findRun, keymap } from '../../ui/actions.ts';
import { Keys } from '../../ui/keys.tsx';
import { readStored, writeStored } from '../../ui/stored.ts';
import { filter, goHome, openTask } from '../../ui/window-state.ts';
import { type Entry, findEntries, readRecent, withRecent } from './find.logic.ts';

const ICON = '1.1em';
const RECENT = 'palette-recent';
const [store, palette] = createSpotlight();

interface Line extends Entry {
  readonly detail: string;
  readonly keys: string | null;
  readonly icon: React.ReactNode;
  run(): void;
}

/**
 * Every action, task and project, found by a few letters; the actions are those that can be done while `target` has the
 * focus. It opens and closes with `opened`, and asks for that with `onClose`.
 */
export function PaletteDialog({ opened, target, onClose }: { opened: boolean; target: HTMLElement; onClose(): void }) {
  const [query, setQuery] = useState('');
  // Opened after it was drawn, never with it: only so the focus goes back to where it was.
  useEffect(() => {
    if (opened) palette.open();
    else palette.close();
  }, [opened]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight="60vh"
      overlayProps={{ blur: 0 }}
    >
      <Spotlight.Search
        data-palette
        leftSection={<Search size={ICON} aria-hidden />}
        placeholder="An action, a task or a project"
        aria-label="An action, a task or a project"
      />
      <Spotlight.ActionsList>
        <Lines query={query} target={target} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Made only while the palette is open: nothing is searched for nobody. */
function Lines({ query, target }: { query: string; target: HTMLElement }) {
  const { summaries } = useTaskList();
  const projects = useProjects();
  const [recent] = useState(() => readRecent(readStored(RECENT)));

  const tasks = useMemo<Line[]>(
    () =>
      Array.from(summaries.values(), (task) => ({
        id: `task:${task.id}`,
        title: task.title,
        more: task.id,
        at: task.updatedAt,
        detail: describeState(task),
        keys: null,
        icon: <SquareCheckBig size={ICON} aria-hidden />,
        run: () => openTask(task.id),
      })),
    [summaries],
  );
  const places = useMemo<Line[]>(
    () =>
      (projects ?? []).map((project) => ({
        id: `project:${project.id}`,
        title: project.name,
        more: project.path,
        at: 0,
        detail: project.path,
        keys: null,
        icon: <FolderGit2 size={ICON} aria-hidden />,
        run() {
          filter.set({ ...filter.get(), projectId: project.id });
          goHome();
        },
      })),
    [projects],
  );
  const actions = useMemo(() => actionLines(target), [target]);

  const groups = useMemo(() => {
    const all = [
      { name: 'Actions', found: findEntries(actions, query, recent, query ? 12 : 40) },
      { name: 'Projects', found: findEntries(places, query, recent, 8) },
      { name: 'Tasks', found: findEntries(tasks, query, recent, query ? 30 : 8) },
    ].filter(({ found }) => found.length > 0);
    if (query.trim() !== '') return all.sort((a, b) => (b.found[0]?.score ?? 0) - (a.found[0]?.score ?? 0));
    const known = new Map([...actions, ...places, ...tasks].map((line) => [line.id, line]));
    const lately = recent.flatMap((id) => known.get(id) ?? []).slice(0, 6);
    const shown = new Set(lately.map(({ id }) => id));
    const rest = all.map(({ name, found }) => ({ name, found: found.filter(({ entry }) => !shown.has(entry.id)) }));
    if (lately.length === 0) return rest;
    return [{ name: 'Recent', found: lately.map((entry) => ({ entry, score: 0 })) }, ...rest];
  }, [actions, places, tasks, query, recent]);

  if (groups.length === 0) return <Spotlight.Empty>No matches.</Spotlight.Empty>;
  const words = query.split(/\s+/).filter(Boolean);
  return groups.map(({ name, found }) => (
    <Spotlight.ActionsGroup key={name} label={name}>
      {found.map(({ entry }) => (
        <Spotlight.Action
          key={entry.id}
          onClick={() => {
            writeStored(RECENT, JSON.stringify(withRecent(recent, entry.id)));
            entry.run();
          }}
        >
          <Group wrap="nowrap" gap="sm" w="100%" mih="1.6rem">
            {entry.icon}
            <Highlight highlight={words} size="sm" truncate="end" flex={1} component="span">
              {entry.title}
            </Highlight>
            {entry.detail && (
              <Text span size="xs" opacity={0.8} truncate="end" maw="40%" visibleFrom="xs">
                {entry.detail}
              </Text>
            )}
            {entry.keys && <Keys keys={entry.keys} />}
          </Group>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  ));
}

/** What can be done now: with what had the focus before, or else with what is open. */
function actionLines(target: HTMLElement): Line[] {
  return ACTION_NAMES.flatMap((name) => {
    const { words, keysOnly } = ACTIONS[name];
    if (keysOnly) return [];
    const place = target.isConnected && findRun(name, target) ? target : document.body;
    const run = findRun(name, place);
    if (run === null) return [];
    return [
      {
        id: `action:${name}`,
        title: run.words?.(place) || words,
        more: words,
        // What cannot be taken back is never the first of several that fit alike.
        at: name === 'task.delete' ? -1 : 0,
        detail: '',
        keys: keymap.get()[name],
        icon: <ChevronRight size={ICON} aria-hidden />,
        run: () => findRun(name, place)?.run(place),
      },
    ];
  });
}
