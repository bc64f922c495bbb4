import { ActionIcon, Burger, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { Plus, Search } from 'lucide-react';
import type { RefObject } from 'react';
import { useKeyHint } from '../../app/actions.ts';
import { labels as shared } from '../../app/labels.ts';
import { Mark } from '../../app/mark.tsx';
import type { Route, View } from '../../app/route.logic.ts';
import { filter, go, goHome, openNewTask, route, view } from '../../app/window-state.ts';
import { useValue } from '../../state/hooks.ts';
import classes from './header.module.css';
import { labels } from './labels.ts';
import type { Frame } from './use-frame.ts';

interface HeaderProps {
  frame: Frame;
  searchRef: RefObject<HTMLInputElement | null>;
  sidebarOpen: boolean;
  onToggleSidebar(): void;
}

/** Whether a page stands in the place of the tasks. */
const isPage = (place: Route['place']) => place !== null && place !== 'board' && place !== 'list';

/** Across the top: whose window it is, the search, how the tasks are shown, and a new one. */
export function Header({ frame, searchRef, sidebarOpen, onToggleSidebar }: HeaderProps) {
  const at = useValue(route);
  return (
    <>
      {frame === 'phone' ? (
        <Burger
          opened={sidebarOpen}
          onClick={onToggleSidebar}
          size="sm"
          aria-label={sidebarOpen ? labels.hideNavigation : labels.showNavigation}
        />
      ) : (
        <div className={classes.brand} data-icons={frame === 'icons' || undefined}>
          <Mark size="1.5rem" />
          {frame === 'full' && <span>{shared.drover}</span>}
        </div>
      )}
      {/* The settings have a search of their own. */}
      {at.place !== 'settings' && <TaskSearch searchRef={searchRef} />}
      {!isPage(at.place) && <ViewControl />}
      <NewTask frame={frame} />
    </>
  );
}

function TaskSearch({ searchRef }: Pick<HeaderProps, 'searchRef'>) {
  const at = useValue(route);
  const current = useValue(filter);
  const keys = useKeyHint('tasks.search');
  return (
    <TextInput
      ref={searchRef}
      className={classes.search}
      size="xs"
      type="search"
      aria-label={labels.search}
      placeholder={`${labels.search}${keys.suffix}`}
      aria-keyshortcuts={keys.aria}
      leftSection={<Search size="1em" aria-hidden />}
      value={current.text}
      onChange={(event) => {
        filter.set({ ...current, text: event.currentTarget.value });
        if (isPage(at.place)) goHome();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
        const first = document.querySelector<HTMLElement>('main [data-task][tabindex="0"]');
        if (!first) return;
        first.focus();
        event.preventDefault();
      }}
    />
  );
}

function ViewControl() {
  const shown = useValue(view);
  const { archived } = useValue(filter);
  // What is put away is a list, whatever is chosen.
  if (archived) return null;
  return (
    <SegmentedControl
      size="xs"
      aria-label={labels.view}
      value={shown}
      onChange={(next) => go({ place: next as View })}
      data={[
        { value: 'board', label: labels.board },
        { value: 'list', label: labels.list },
      ]}
    />
  );
}

function NewTask({ frame }: Pick<HeaderProps, 'frame'>) {
  const keys = useKeyHint('task.new');
  const icon = <Plus size="1.1em" aria-hidden />;
  const button =
    frame === 'phone' ? (
      <ActionIcon size={30} ml="auto" aria-label={labels.newTask} aria-keyshortcuts={keys.aria} onClick={openNewTask}>
        {icon}
      </ActionIcon>
    ) : (
      <Button size="xs" ml="auto" aria-keyshortcuts={keys.aria} leftSection={icon} onClick={openNewTask}>
        {labels.newTask}
      </Button>
    );
  return <Tooltip label={`${labels.newTask}${keys.suffix}`}>{button}</Tooltip>;
}
