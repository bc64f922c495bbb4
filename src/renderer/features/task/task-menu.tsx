import { ActionIcon, Menu, Text } from '@mantine/core';
import {
  Archive,
  ArchiveRestore,
  CircleCheck,
  Copy,
  Ellipsis,
  Pencil,
  RotateCcw,
  SearchCheck,
  Trash2,
} from 'lucide-react';
import { isUnsettled } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import { useSession } from '../../state/hooks.ts';
import type { ActionName } from '../../ui/actions.logic.ts';
import { useKeyHint } from '../../ui/actions.ts';
import { openDraft } from '../../ui/window-state.ts';
import { acceptTasks, archiveTasks } from '../board/bulk.tsx';
import { ACTION_WORDS, actionsOf, canAccept, type TaskAction } from '../board/task-actions.logic.ts';

/** What is seldom done to a task. */
export function TaskMenu({ task, onAction }: { task: Task; onAction(action: TaskAction): void }) {
  const session = useSession();
  const actions = actionsOf(task.status);
  const isAccepted = task.acceptedAt !== null;
  const isArchived = task.archivedAt !== null;
  return (
    <Menu position="bottom-end" withinPortal returnFocus>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="More actions">
          <Ellipsis size="1.1em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {task.status === 'draft' && (
          <Line name="task.edit" words="Edit the draft" Icon={Pencil} onClick={() => openDraft(task.id)} />
        )}
        {actions.includes('rerun') && (
          <Line name="task.rerun" words={ACTION_WORDS.rerun} Icon={RotateCcw} onClick={() => onAction('rerun')} />
        )}
        <Line name="task.duplicate" words={ACTION_WORDS.duplicate} Icon={Copy} onClick={() => onAction('duplicate')} />
        {(isAccepted || canAccept(task)) && (
          <Line
            name="task.done"
            words={isAccepted ? 'Back to review' : 'Mark done'}
            Icon={isAccepted ? SearchCheck : CircleCheck}
            onClick={() => void acceptTasks(session, [task], !isAccepted)}
          />
        )}
        {!isUnsettled(task.status) && (
          <>
            <Menu.Divider />
            <Line
              name="task.archive"
              words={isArchived ? 'Restore' : 'Archive'}
              Icon={isArchived ? ArchiveRestore : Archive}
              onClick={() => void archiveTasks(session, [task], !isArchived)}
            />
            <Line
              name="task.delete"
              words={`${ACTION_WORDS.delete}…`}
              Icon={Trash2}
              color="red"
              onClick={() => onAction('delete')}
            />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface LineProps {
  name: ActionName;
  words: string;
  Icon: typeof Copy;
  color?: string;
  onClick(): void;
}

function Line({ name, words, Icon, ...rest }: LineProps) {
  const { suffix, aria } = useKeyHint(name);
  return (
    <Menu.Item
      leftSection={<Icon size="1em" aria-hidden />}
      rightSection={
        <Text span size="xs" c="dimmed" aria-hidden>
          {suffix.replace(/[()]/g, '').trim()}
        </Text>
      }
      aria-keyshortcuts={aria}
      {...rest}
    >
      {words}
    </Menu.Item>
  );
}
