import { Menu, Text } from '@mantine/core';
import {
  Archive,
  ArchiveRestore,
  ArrowRight,
  CalendarClock,
  CircleCheck,
  CopyPlus,
  FastForward,
  GitBranch,
  GitMerge,
  Hand,
  Pencil,
  Play,
  RotateCcw,
  SearchCheck,
  Square,
  SquarePen,
  SquareTerminal,
  StepForward,
  TextCursorInput,
  Trash2,
  Undo2,
} from 'lucide-react';
import { Fragment } from 'react';
import type { ActionName } from '../../app/actions.logic.ts';
import { useKeyHint } from '../../app/actions.ts';
import { useAgents } from '../../state/hooks.ts';
import { sessionAct } from './session.logic.ts';
import { type MenuAction, type MenuLine, type MenuTask, menuOf } from './task-menu.logic.ts';

const ICONS: Record<MenuAction, typeof Play> = {
  open: ArrowRight,
  start: Play,
  startNow: FastForward,
  stop: Square,
  resume: StepForward,
  takeOver: Hand,
  openSession: SquareTerminal,
  openAgain: SquareTerminal,
  giveBack: Undo2,
  done: CircleCheck,
  undone: SearchCheck,
  land: GitMerge,
  undoLanding: Undo2,
  edit: Pencil,
  schedule: CalendarClock,
  rename: TextCursorInput,
  rerun: RotateCcw,
  editor: SquarePen,
  copyBranch: GitBranch,
  duplicate: CopyPlus,
  archive: Archive,
  restore: ArchiveRestore,
  delete: Trash2,
};

export interface TaskMenuItemsProps {
  task: MenuTask;
  /** Whether the task itself is shown: what stands there as a button is left out. */
  isOpen?: boolean;
  onChoose(action: MenuAction): void;
}

/** The lines of a menu of a task. */
export function TaskMenuItems({ task, isOpen, onChoose }: TaskMenuItemsProps) {
  const session = sessionAct(task, useAgents());
  return menuOf(task, isOpen, session).map((group, at) => (
    <Fragment key={group[0]?.action}>
      {at > 0 && <Menu.Divider />}
      {group.map((line) =>
        line.keys === undefined ? (
          <Line key={line.action} line={line} onChoose={onChoose} />
        ) : (
          <LineWithKeys key={line.action} line={line} name={line.keys} onChoose={onChoose} />
        ),
      )}
    </Fragment>
  ));
}

interface LineProps {
  line: MenuLine;
  /** The keys that do the same, as people and as screen readers read them. */
  hint?: { suffix: string; aria: string | undefined };
  onChoose(action: MenuAction): void;
}

function LineWithKeys({ name, ...rest }: LineProps & { name: ActionName }) {
  return <Line {...rest} hint={useKeyHint(name)} />;
}

function Line({ line, hint, onChoose }: LineProps) {
  const Icon = ICONS[line.action];
  return (
    <Menu.Item
      leftSection={<Icon size="1em" aria-hidden />}
      rightSection={
        hint && (
          <Text span size="xs" c="dimmed" aria-hidden>
            {hint.suffix.replace(/[()]/g, '').trim()}
          </Text>
        )
      }
      aria-keyshortcuts={hint?.aria}
      {...(line.action === 'delete' ? { color: 'var(--drover-danger)' } : {})}
      onClick={() => onChoose(line.action)}
    >
      {line.words}
    </Menu.Item>
  );
}
