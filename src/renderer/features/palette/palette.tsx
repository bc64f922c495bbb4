import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { Columns3, FolderPlus, Keyboard, List, Plus, Search, Settings, SquareKanban } from 'lucide-react';
import { useMemo, useState } from 'react';
import { columnOf } from '../../../contract/task/derive.ts';
import { EMPTY_FILTER } from '../../state/filter.logic.ts';
import { useSession, useTaskList, useValue } from '../../state/hooks.ts';
import { filter, go, helpOpen, openNewTask, openTask, projectDialogOpen, route } from '../../ui/window-state.ts';
import { statusWords } from '../board/card.logic.ts';
import { ACTION_WORDS, actionsOf } from '../board/task-actions.logic.ts';
import { carryOut } from '../board/task-actions.tsx';
import { findTasks } from './find.logic.ts';

const ICON = '1.1em';

/** Ctrl or Cmd and K: every action and every task. */
export function Palette() {
  const { client } = useSession();
  const { summaries } = useTaskList();
  const { taskId } = useValue(route);
  const [query, setQuery] = useState('');
  const task = taskId === null ? undefined : summaries.get(taskId);

  const groups = useMemo<SpotlightActionGroupData[]>(() => {
    const general = [
      { id: 'new', label: 'New task', leftSection: <Plus size={ICON} aria-hidden />, onClick: openNewTask },
      {
        id: 'board',
        label: 'Show the board',
        leftSection: <SquareKanban size={ICON} aria-hidden />,
        onClick: () => go({ place: 'board' }),
      },
      {
        id: 'list',
        label: 'Show the list',
        leftSection: <List size={ICON} aria-hidden />,
        onClick: () => go({ place: 'list' }),
      },
      {
        id: 'project',
        label: 'Add a project',
        leftSection: <FolderPlus size={ICON} aria-hidden />,
        onClick: () => projectDialogOpen.set(true),
      },
      {
        id: 'filters',
        label: 'Clear filters',
        leftSection: <Columns3 size={ICON} aria-hidden />,
        onClick: () => filter.set(EMPTY_FILTER),
      },
      {
        id: 'settings',
        label: 'Settings',
        leftSection: <Settings size={ICON} aria-hidden />,
        onClick: () => go({ place: 'settings' }),
      },
      {
        id: 'keys',
        label: 'Keys',
        leftSection: <Keyboard size={ICON} aria-hidden />,
        onClick: () => helpOpen.set(true),
      },
    ];
    const onTask = task
      ? actionsOf(task.status).map((action) => ({
          id: `task-${action}`,
          label: `${ACTION_WORDS[action]}: ${task.title}`,
          onClick: () => void carryOut(client, action, task),
        }))
      : [];
    const tasks = findTasks(summaries.values(), query).map((found) => ({
      id: found.id,
      label: found.title,
      description: `${columnOf(found)} · ${statusWords(found)}`,
      keywords: [found.id],
      onClick: () => openTask(found.id),
    }));
    return [
      ...(onTask.length > 0 ? [{ group: 'This task', actions: onTask }] : []),
      { group: 'Actions', actions: general },
      ...(tasks.length > 0 ? [{ group: 'Tasks', actions: tasks }] : []),
    ];
  }, [client, query, summaries, task]);

  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      highlightQuery
      scrollable
      limit={40}
      nothingFound="Nothing fits."
      searchProps={{
        leftSection: <Search size={ICON} aria-hidden />,
        placeholder: 'An action or a task',
        'aria-label': 'An action or a task',
      }}
    />
  );
}
