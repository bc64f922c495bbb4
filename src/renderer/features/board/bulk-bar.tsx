import { Button, Text } from '@mantine/core';
import { Archive, ArchiveRestore, CircleCheck, Play, Square, Trash2, X } from 'lucide-react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { clearSelection, filter, selected as selection } from '../../app/window-state.ts';
import { useStore, useValue } from '../../state/hooks.ts';
import classes from './board.module.css';
import { type BulkAction, fitting } from './bulk.logic.ts';
import { carryOutAll } from './bulk.tsx';
import { labels } from './labels.ts';

const ACTIONS: readonly { action: BulkAction; words: string; Icon: typeof Play }[] = [
  { action: 'start', words: 'Start', Icon: Play },
  { action: 'stop', words: 'Stop', Icon: Square },
  { action: 'done', words: 'Mark done', Icon: CircleCheck },
  { action: 'archive', words: 'Archive', Icon: Archive },
  { action: 'restore', words: 'Restore', Icon: ArchiveRestore },
  { action: 'delete', words: 'Delete', Icon: Trash2 },
];
const OF_ARCHIVED: readonly BulkAction[] = ['restore', 'delete'];

/** What can be done with the tasks that are selected; nothing when none is. */
export function BulkBar({ tasks }: { tasks: readonly TaskSummary[] }) {
  const store = useStore();
  const selected = useValue(selection);
  const { archived } = useValue(filter);
  if (selected.size === 0) return null;
  const chosen = tasks.filter(({ id }) => selected.has(id));
  if (chosen.length === 0) return null;
  return (
    <div className={classes.bulk} role="toolbar" aria-label={labels.bulk.selection}>
      <Text size="sm">{labels.bulk.selected(chosen.length)}</Text>
      {ACTIONS.filter(({ action }) => (archived ? OF_ARCHIVED.includes(action) : action !== 'restore')).map(
        ({ action, words, Icon }) => {
          const able = fitting(action, chosen);
          return (
            <Button
              key={action}
              size="compact-sm"
              variant="default"
              leftSection={<Icon size="1em" aria-hidden />}
              disabled={able.length === 0}
              onClick={() => void carryOutAll(store, action, able)}
            >
              {able.length > 0 ? `${words} ${able.length}` : words}
            </Button>
          );
        },
      )}
      <Button size="compact-sm" variant="subtle" leftSection={<X size="1em" aria-hidden />} onClick={clearSelection}>
        {labels.bulk.clear}
      </Button>
    </div>
  );
}
