import { Loader, Tabs, Text } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { countItems } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import type { EntriesFeed, EntriesView } from '../../state/entries.ts';
import { useClient, useEntries, useEntriesFeed, useTask } from '../../state/hooks.ts';
import { useActions } from '../../ui/actions.ts';
import { TaskApprovals } from '../approvals/task-approvals.tsx';
import type { TaskAction } from '../board/task-actions.logic.ts';
import { carryOut } from '../board/task-actions.tsx';
import { useTaskKeys } from '../board/task-keys.ts';
import { BlockedBanner } from './blocked-banner.tsx';
import { lastChange } from './changes.logic.ts';
import { Changes } from './changes.tsx';
import { Checklist } from './checklist.tsx';
import { Conversation } from './conversation.tsx';
import { isOnlyADraft } from './delete.logic.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { deleteDraft } from './delete-task.ts';
import { Details } from './details.tsx';
import { EventLog } from './event-log.tsx';
import { MessageBox } from './message-box.tsx';
import { StallBanner } from './stall-banner.tsx';
import classes from './task.module.css';
import { TaskHeader } from './task-header.tsx';

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
  // Asked for together with the task, so that both are there at once.
  const feed = useEntriesFeed(props.taskId);
  if (task === undefined) return <Loader size="sm" m="md" aria-label="Loading the task" />;
  if (task === null) {
    return (
      <Text p="md" c="dimmed">
        There is no task {props.taskId} any more.
      </Text>
    );
  }
  return <LoadedTask {...props} task={task} feed={feed} />;
}

/** Drawn again with each entry, while what is around it is not: text may grow with every frame. */
function WithEntries({ feed, children }: { feed: EntriesFeed; children(entries: EntriesView): ReactNode }) {
  return children(useEntries(feed));
}

function LoadedTask({ task, feed, wide, onClose, onToggleWide }: TaskViewProps & { task: Task; feed: EntriesFeed }) {
  const client = useClient();
  const [tab, setTab] = useState<TabName>('conversation');
  const [finding, setFinding] = useState(0);
  const [deleting, setDeleting] = useState(false);
  const root = useRef<HTMLDivElement>(null);

  function onAction(action: TaskAction): void {
    if (action === 'delete') void askOrDelete();
    else void carryOut(client, action, task);
  }

  async function askOrDelete(): Promise<void> {
    if (!isOnlyADraft(task)) setDeleting(true);
    else if (await deleteDraft(client, task)) onClose();
  }

  function writeMessage(): void {
    root.current?.querySelector<HTMLElement>(`[data-message-box] textarea`)?.focus();
  }

  const isHere = (target: HTMLElement) => target === document.body || (root.current?.contains(target) ?? false);
  useTaskKeys((target) => (isHere(target) ? task : null), onAction);
  useActions([
    { name: 'task.wide', applies: isHere, run: onToggleWide },
    {
      name: 'task.find',
      applies: isHere,
      run() {
        setTab('conversation');
        setFinding((asked) => asked + 1);
      },
    },
    { name: 'task.message', applies: isHere, run: writeMessage },
    ...TABS.map(({ value }) => ({ name: `task.${value}` as const, applies: isHere, run: () => setTab(value) })),
  ]);

  const { completed, total } = countItems(task.items);
  return (
    <div ref={root} className={classes.view}>
      <TaskHeader task={task} wide={wide} onAction={onAction} onToggleWide={onToggleWide} onClose={onClose} />
      <TaskApprovals task={task} />
      <StallBanner task={task} />
      <BlockedBanner task={task} onReply={writeMessage} />
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
              {value === 'checklist' && total > 0 ? ` ${completed}/${total}` : ''}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="conversation" className={classes.panel}>
          <WithEntries feed={feed}>
            {(entries) => (
              <Conversation
                taskId={task.id}
                entries={entries}
                root={task.workspace?.path ?? null}
                finding={finding}
                onFindClosed={() => setFinding(0)}
                empty={
                  task.status === 'draft'
                    ? 'Start the task, and the conversation begins here.'
                    : 'Nothing was said yet.'
                }
              />
            )}
          </WithEntries>
        </Tabs.Panel>
        <Tabs.Panel value="checklist" className={classes.panel}>
          <Checklist task={task} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" className={classes.panel}>
          {task.workspace ? (
            <WithEntries feed={feed}>
              {({ events }) => <Changes workspaceId={task.workspace?.id ?? ''} tick={lastChange(events)} />}
            </WithEntries>
          ) : (
            <Text size="sm" c="dimmed" p="md">
              There is no workspace yet: it is made when the task starts.
            </Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="log" className={classes.panel}>
          <WithEntries feed={feed}>{(entries) => <EventLog taskId={task.id} entries={entries} />}</WithEntries>
        </Tabs.Panel>
        <Tabs.Panel value="details" className={classes.panel}>
          <WithEntries feed={feed}>{({ events }) => <Details task={task} events={events} />}</WithEntries>
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
