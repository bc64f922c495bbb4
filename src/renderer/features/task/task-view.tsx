import { Loader, Tabs, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Task } from '../../../contract/task/state.ts';
import { useClient, useEntries, useTask } from '../../state/hooks.ts';
import { actionsOf, type TaskAction } from '../board/task-actions.logic.ts';
import { carryOut } from '../board/task-actions.tsx';
import { Changes } from './changes.tsx';
import { Checklist } from './checklist.tsx';
import { Conversation } from './conversation.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { Details } from './details.tsx';
import { EventLog } from './event-log.tsx';
import { MessageBox } from './message-box.tsx';
import classes from './task.module.css';
import { ACTION_KEYS, TaskHeader } from './task-header.tsx';

export interface TaskViewProps {
  taskId: string;
  onClose(): void;
  /** Whether it has the whole width. */
  wide: boolean;
  onToggleWide(): void;
}

const TABS = [
  { value: 'conversation', label: 'Conversation' },
  { value: 'checklist', label: 'Checklist' },
  { value: 'changes', label: 'Changes' },
  { value: 'log', label: 'Log' },
  { value: 'details', label: 'Details' },
] as const;
type TabName = (typeof TABS)[number]['value'];

/** One task, beside the board or alone. */
export function TaskView(props: TaskViewProps) {
  const task = useTask(props.taskId);
  if (task === undefined) return <Loader size="sm" m="md" aria-label="Loading the task" />;
  if (task === null) {
    return (
      <Text p="md" c="dimmed">
        There is no task {props.taskId} any more.
      </Text>
    );
  }
  return <LoadedTask {...props} task={task} />;
}

function LoadedTask({ task, wide, onClose, onToggleWide }: TaskViewProps & { task: Task }) {
  const client = useClient();
  const entries = useEntries(task.id);
  const [tab, setTab] = useState<TabName>('conversation');
  const [finding, setFinding] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const root = useRef<HTMLDivElement>(null);

  function onAction(action: TaskAction): void {
    if (action === 'delete') setDeleting(true);
    else void carryOut(client, action, task);
  }

  const onKey = useRef((_event: KeyboardEvent) => {});
  onKey.current = (event) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const here = target === document.body || root.current?.contains(target);
    if (!here || document.querySelector('[role="dialog"]')) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      setTab('conversation');
      setFinding(true);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, [contenteditable]')) return;
    if (event.key === 'w') onToggleWide();
    const action = actionsOf(task.status).find((one) => ACTION_KEYS[one] === event.key);
    if (!action) return;
    event.preventDefault();
    onAction(action);
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  const done = task.items.filter((item) => item.status === 'completed').length;
  return (
    <div ref={root} className={classes.view}>
      <TaskHeader task={task} wide={wide} onAction={onAction} onToggleWide={onToggleWide} onClose={onClose} />
      <Tabs
        className={classes.tabs}
        value={tab}
        onChange={(next) => setTab((next ?? 'conversation') as TabName)}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabList}>
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value} px="sm">
              {label}
              {value === 'checklist' && task.items.length > 0 ? ` ${done}/${task.items.length}` : ''}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="conversation" className={classes.panel}>
          <Conversation
            taskId={task.id}
            entries={entries}
            finding={finding}
            onFind={setFinding}
            empty={
              task.status === 'draft' ? 'Start the task, and the conversation begins here.' : 'Nothing was said yet.'
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="checklist" className={classes.panel}>
          <Checklist task={task} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" className={classes.panel}>
          {task.workspace ? (
            <Changes workspaceId={task.workspace.id} tick={entries.events.at(-1)?.seq ?? 0} />
          ) : (
            <Text size="sm" c="dimmed" p="md">
              There is no workspace yet: it is made when the task starts.
            </Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="log" className={classes.panel}>
          <EventLog entries={entries} />
        </Tabs.Panel>
        <Tabs.Panel value="details" className={classes.panel}>
          <Details task={task} />
        </Tabs.Panel>
      </Tabs>
      <MessageBox task={task} />
      <DeleteDialog
        task={task}
        opened={deleting}
        onClose={() => setDeleting(false)}
        onDeleted={() => {
          setDeleting(false);
          onClose();
        }}
      />
    </div>
  );
}
