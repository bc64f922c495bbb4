import { Button, Text } from '@mantine/core';
import { Play, Square, Trash2, X } from 'lucide-react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { useSession, useValue } from '../../state/hooks.ts';
import { clearSelection, selected as selection } from '../../ui/window-state.ts';
import classes from './board.module.css';
import { actionsOf } from './task-actions.logic.ts';
import { carryOutAll } from './task-actions.tsx';

/** What can be done with the tasks that are selected; nothing when none is. */
export function BulkBar({ tasks }: { tasks: readonly TaskSummary[] }) {
  const { client } = useSession();
  const selected = useValue(selection);
  if (selected.size === 0) return null;
  const chosen = tasks.filter(({ id }) => selected.has(id));
  const able = (action: 'start' | 'stop' | 'delete') =>
    chosen.filter(({ status }) => actionsOf(status).includes(action));
  const button = (action: 'start' | 'stop' | 'delete', label: string, icon: React.ReactNode) => {
    const fitting = able(action);
    return (
      <Button
        size="compact-sm"
        variant="default"
        leftSection={icon}
        disabled={fitting.length === 0}
        onClick={() => void carryOutAll(client, action, fitting)}
      >
        {fitting.length > 0 ? `${label} ${fitting.length}` : label}
      </Button>
    );
  };
  return (
    <div className={classes.bulk} role="toolbar" aria-label="Selected tasks">
      <Text size="sm">{chosen.length} selected</Text>
      {button('start', 'Start', <Play size="1em" aria-hidden />)}
      {button('stop', 'Stop', <Square size="1em" aria-hidden />)}
      {button('delete', 'Delete', <Trash2 size="1em" aria-hidden />)}
      <Button size="compact-sm" variant="subtle" leftSection={<X size="1em" aria-hidden />} onClick={clearSelection}>
        Drop selection
      </Button>
    </div>
  );
}
