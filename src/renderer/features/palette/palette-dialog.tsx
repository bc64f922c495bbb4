import { Highlight, Text } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { Folder, type LucideIcon, Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { type Column, columnOf } from '../../../contract/task/derive.ts';
import { describeState } from '../../../contract/words/state.ts';
import { ACTION_NAMES, ACTIONS } from '../../app/actions.logic.ts';
import { findRun, keymap } from '../../app/actions.ts';
import { filter, goHome, openTask } from '../../app/window-state.ts';
import { useProjects, useTaskList } from '../../state/hooks.ts';
import { Keys } from '../../ui/keys.tsx';
import { readStored, writeStored } from '../../ui/stored.ts';
import { type Entry, findEntries, readRecent, withRecent } from './find.logic.ts';
import { iconOfAction, iconOfColumn } from './icons.tsx';
import { labels } from './labels.ts';
import classes from './palette.module.css';

const ICON = '1.1em';
const RECENT = 'palette-recent';
const [store, palette] = createSpotlight();

interface Line extends Entry {
  readonly detail: string;
  readonly keys: string | null;
  readonly icon: React.ReactNode;
  /** Whether it is done to the task that is open or has the focus. */
  readonly ofTask?: boolean;
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
      attributes={{ content: { 'aria-label': labels.title } }}
    >
      <Spotlight.Search
        data-palette
        leftSection={<Search size={ICON} aria-hidden />}
        placeholder={labels.find}
        aria-label={labels.find}
      />
      <Spotlight.ActionsList className={classes.list}>
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
        icon: <TaskIcon column={columnOf(task)} />,
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
        icon: <Icon of={Folder} />,
        run() {
          filter.set({ ...filter.get(), projectId: project.id });
          goHome();
        },
      })),
    [projects],
  );
  const actions = useMemo(() => actionLines(target), [target]);

  const groups = useMemo(() => {
    const typed = query.trim() !== '';
    const ofTask = actions.filter((action) => action.ofTask);
    const others = actions.filter((action) => !action.ofTask);
    const all = [
      { name: typed ? labels.tasks : labels.recentTasks, found: findEntries(tasks, query, recent, typed ? 30 : 6) },
      // Never first where nothing is typed: Enter alone only shows something.
      { name: labels.thisTask, found: findEntries(ofTask, query, recent, typed ? 12 : 5) },
      { name: labels.actions, found: findEntries(others, query, recent, typed ? 12 : 40) },
      { name: labels.projects, found: findEntries(places, query, recent, 8) },
    ].filter(({ found }) => found.length > 0);
    return typed ? all.sort((a, b) => (b.found[0]?.score ?? 0) - (a.found[0]?.score ?? 0)) : all;
  }, [actions, places, tasks, query, recent]);

  // Enter does the first, before anything is typed too; the library chooses it only once something is.
  useEffect(() => {
    const drawn = requestAnimationFrame(() => {
      document.querySelector(`.${classes.list} [data-action]`)?.setAttribute('data-selected', 'true');
      store.updateState((state) => ({ ...state, selected: 0 }));
    });
    return () => cancelAnimationFrame(drawn);
  }, []);

  if (groups.length === 0) return <Spotlight.Empty>{labels.none}</Spotlight.Empty>;
  const words = query.split(/\s+/).filter(Boolean);
  return groups.map(({ name, found }) => (
    <Spotlight.ActionsGroup key={name} label={name}>
      {found.map(({ entry }) => (
        <Spotlight.Action
          className={classes.action}
          key={entry.id}
          onClick={() => {
            writeStored(RECENT, JSON.stringify(withRecent(recent, entry.id)));
            entry.run();
          }}
        >
          <div className={classes.row}>
            {entry.icon}
            <Highlight highlight={words} size="sm" truncate="end" flex={1} component="span" title={entry.title}>
              {entry.title}
            </Highlight>
            {entry.detail && (
              <Text span size="xs" opacity={0.8} truncate="end" maw="40%" visibleFrom="xs" title={entry.detail}>
                {entry.detail}
              </Text>
            )}
            {entry.keys && <Keys keys={entry.keys} />}
          </div>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  ));
}

/** What can be done now: with what had the focus before, or else with what is open. */
function actionLines(target: HTMLElement): Line[] {
  return ACTION_NAMES.flatMap((name) => {
    const { words, keysOnly, place: where } = ACTIONS[name];
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
        icon: <Icon of={iconOfAction(name)} />,
        ofTask: where === 'tasks' || where === 'task',
        run: () => findRun(name, place)?.run(place),
      },
    ];
  });
}

function Icon({ of: Sign }: { of: LucideIcon }) {
  return (
    <span className={classes.icon}>
      <Sign size={ICON} aria-hidden />
    </span>
  );
}

function TaskIcon({ column }: { column: Column }) {
  const Sign = iconOfColumn(column);
  return (
    <span className={classes.icon} data-column={column}>
      <Sign size={ICON} aria-hidden />
    </span>
  );
}
