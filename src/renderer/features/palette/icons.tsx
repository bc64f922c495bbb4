import {
  Archive,
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePlay,
  Copy,
  CornerDownRight,
  FolderPlus,
  Hand,
  Keyboard,
  LayoutGrid,
  List,
  type LucideIcon,
  MessageSquare,
  Pause,
  Pencil,
  Play,
  Plus,
  RotateCcw,
  ScrollText,
  Search,
  Settings,
  SquareTerminal,
  SunMoon,
  Trash2,
} from 'lucide-react';
import type { Column } from '../../../contract/task/derive.ts';
import type { ActionName } from '../../app/actions.logic.ts';

const OF_ACTIONS: Partial<Record<ActionName, LucideIcon>> = {
  'task.new': Plus,
  'tasks.search': Search,
  'go.board': LayoutGrid,
  'go.list': List,
  'go.approvals': CircleAlert,
  'go.rules': Ban,
  'go.audit': ScrollText,
  'go.settings': Settings,
  'go.shortcuts': Keyboard,
  'project.add': FolderPlus,
  'terminals.panel': SquareTerminal,
  'terminals.open': SquareTerminal,
  pause: Pause,
  unpause: Play,
  colors: SunMoon,
  help: Keyboard,
  'task.main': Play,
  'task.rerun': RotateCcw,
  'task.session': Hand,
  'task.duplicate': Copy,
  'task.edit': Pencil,
  'task.done': CircleCheck,
  'task.archive': Archive,
  'task.delete': Trash2,
  'task.message': MessageSquare,
  'task.find': Search,
};

const OF_COLUMNS: Record<Column, LucideIcon> = {
  backlog: CircleDashed,
  running: CirclePlay,
  'needs-you': CircleAlert,
  review: CircleDot,
  done: CircleCheck,
};

/** What an action does, as a sign; one that only leads somewhere has a plain one. */
export const iconOfAction = (name: ActionName): LucideIcon => OF_ACTIONS[name] ?? CornerDownRight;
export const iconOfColumn = (column: Column): LucideIcon => OF_COLUMNS[column];
