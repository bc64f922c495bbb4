import { Loader, Tabs, Text } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { countItems, stateOf } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import { useActions } from '../../app/actions.ts';
import type { EntriesFeed, EntriesView } from '../../state/entries.ts';
import { useClient, useEntries, useEntriesFeed, useTask } from '../../state/hooks.ts';
import { TaskApprovals } from '../approvals/task-approvals.tsx';
import { menuTaskOf } from '../board/menu-task.ts';
import type { TaskAction } from '../board/task-actions.logic.ts';
import { carryOut } from '../board/task-actions.tsx';
import { useTaskKeys } from '../board/task-keys.ts';
import { Terminals } from '../terminal/terminals.tsx';
import { lastChange } from './changes/changes.logic.ts';
import { Changes } from './changes/changes.tsx';
import { Checklist } from './checklist/checklist.tsx';
import { MessageBox } from './composer/message-box.tsx';
import { Conversation } from './conversation/conversation.tsx';
import { isOnlyADraft } from './delete/delete.logic.ts';
import { DeleteDialog } from './delete/delete-dialog.tsx';
import { deleteDraft } from './delete/delete-task.ts';
import { Details } from './details/details.tsx';
import { useWorkspaceDetail } from './details/where-work-is.tsx';
import { BlockedBanner } from './header/blocked-banner.tsx';
import { SessionBanner } from './header/session-banner.tsx';
import { StallBanner } from './header/stall-banner.tsx';
import { TaskHeader } from './header/task-header.tsx';
import { labels } from './labels.ts';
import { EventLog } from './log/event-log.tsx';
import classes from './task.module.css';

export interface TaskViewProps {
  taskId: string;
  onClose(): void;
}

const TABS = ['conversation', 'checklist', 'changes', 'terminal', 'log', 'details'] as const;
type TabName = (typeof TABS)[number];

/** One task, beside the list of tasks or alone. */
export function TaskView(props: TaskViewProps) {
  const task = useTask(props.taskId);
  // Asked for together with the task, so that both are there at once.
  const feed = useEntriesFeed(props.taskId);
  const [tab, setTab] = useState<TabName>('conversation');
  const root = useRef<HTMLDivElement>(null);
  // The rows beside it are no place of their own: what keys do there is meant for the task that is open.
  const isHere = (target: HTMLElement) =>
    target === document.body || target.closest('[data-beside]') !== null || (root.current?.contains(target) ?? false);
  // Also while the task is not there yet: a key that is pressed at once counts.
  useActions(TABS.map((name) => ({ name: `task.${name}` as const, applies: isHere, run: () => setTab(name) })));
  if (task === undefined) return <Loader size="sm" m="md" aria-label={labels.loading} />;
  if (task === null) {
    return (
      <Text p="md" c="dimmed">
        {labels.gone}
      </Text>
    );
  }
  return <LoadedTask {...props} {...{ task, feed, tab, setTab, root, isHere }} />;
}

/** Drawn again with each entry, while what is around it is not: text may grow with every frame. */
function WithEntries({ feed, children }: { feed: EntriesFeed; children(entries: EntriesView): ReactNode }) {
  return children(useEntries(feed));
}

interface LoadedTaskProps extends TaskViewProps {
  task: Task;
  feed: EntriesFeed;
  tab: TabName;
  setTab(tab: TabName): void;
  root: RefObject<HTMLDivElement | null>;
  /** Whether a key with this target is meant for the task. */
  isHere(target: HTMLElement): boolean;
}

function LoadedTask({ task, feed, tab, setTab, root, isHere, onClose }: LoadedTaskProps) {
  const client = useClient();
  const isTaken = task.phase === 'taken';
  const [finding, setFinding] = useState(0);
  const [deleting, setDeleting] = useState(false);
  useEffect(() => {
    if (isTaken) setTab('terminal');
  }, [isTaken, setTab]);
  const detail = useWorkspaceDetail(task);

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

  const target = menuTaskOf(task);
  useTaskKeys(
    (element) => (isHere(element) ? target : null),
    (action) => onAction(action),
  );
  useActions([
    {
      name: 'task.find',
      applies: isHere,
      run() {
        setTab('conversation');
        setFinding((asked) => asked + 1);
      },
    },
    { name: 'task.message', applies: isHere, run: writeMessage },
  ]);

  const { completed, total } = countItems(task.items);
  return (
    <div ref={root} className={classes.view}>
      <TaskHeader
        task={task}
        detail={detail}
        onShowChanges={() => setTab('changes')}
        onAction={onAction}
        onClose={onClose}
      />
      <TaskApprovals task={task} />
      <SessionBanner task={task} onShow={() => setTab('terminal')} />
      <StallBanner task={task} />
      <BlockedBanner task={task} onReply={writeMessage} />
      <Tabs
        className={classes.tabs}
        value={tab}
        onChange={(next) => setTab((next ?? 'conversation') as TabName)}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabList}>
          {TABS.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {labels.tabs[value]}
              {value === 'checklist' && total > 0 ? ` ${completed}/${total}` : ''}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="conversation" className={classes.panel}>
          <WithEntries feed={feed}>
            {(entries) => (
              <Conversation task={task} entries={entries} finding={finding} onFindClosed={() => setFinding(0)} />
            )}
          </WithEntries>
        </Tabs.Panel>
        <Tabs.Panel value="checklist" className={classes.panel}>
          <Checklist task={task} isBlocked={stateOf(task) === 'blocked'} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" className={classes.panel}>
          {task.workspace ? (
            <WithEntries feed={feed}>
              {({ events }) => (
                <Changes taskId={task.id} workspaceId={task.workspace?.id ?? ''} tick={lastChange(events)} />
              )}
            </WithEntries>
          ) : (
            <Text size="sm" c="dimmed" p="md">
              {labels.changes.noWorkspace}
            </Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="terminal" className={classes.panel}>
          {task.workspace ? (
            <Terminals of={{ taskId: task.id }} agentFirst={isTaken} />
          ) : (
            <Text size="sm" c="dimmed" p="md">
              {labels.noWorkspace}
            </Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="log" className={classes.panel}>
          <WithEntries feed={feed}>{(entries) => <EventLog taskId={task.id} entries={entries} />}</WithEntries>
        </Tabs.Panel>
        <Tabs.Panel value="details" className={classes.panel}>
          <WithEntries feed={feed}>
            {({ events }) => <Details task={task} detail={detail} events={events} />}
          </WithEntries>
        </Tabs.Panel>
      </Tabs>
      <MessageBox task={task} onStop={() => onAction('stop')} />
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
