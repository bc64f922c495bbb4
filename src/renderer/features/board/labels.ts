import type { WorkSize } from '../../../contract/run/state.ts';
import type { Need } from '../../../contract/task/needs-you.ts';
import type { TaskHit } from '../../../contract/task/state.ts';
import { visibleLine } from '../../../contract/text.ts';
import { plural } from '../../../contract/words/measure.ts';

const tasks = (count: number) => (count === 1 ? '1 task' : `${count} tasks`);

const HITS = { goal: 'Goal', item: 'Item', message: 'Message' } as const;
const LONGEST_HIT = 300;

/** What people read on the board, and in the list where it says the same. */
export const labels = {
  bulk: {
    selection: 'Selected tasks',
    selected: (count: number) => `${tasks(count)} selected`,
    clear: 'Clear selection',
    deleteWhat: (count: number) => (count > 1 ? `Delete ${tasks(count)}?` : 'Delete this task?'),
    deleteHow: (count: number) =>
      `${count > 1 ? 'They and their logs are' : 'It and its log are'} deleted permanently. Workspaces and branches stay as they are.`,
    delete: 'Delete',
    keep: 'Keep',
  },
  board: {
    fold: (column: string) => `Fold ${column}`,
    unfold: 'Unfold',
    columnOf: (column: string, count: number) => `${column}: ${count}`,
    column: 'Column',
    nothing: 'No tasks here',
  },
  card: {
    select: (title: string) => `Select ${title}`,
    items: (completed: number, total: number) => `${completed}/${total} items`,
    priority: (word: string) => `${word} priority`,
    itemsExact: (completed: number, total: number) => `${completed} of ${total} items completed`,
    running: 'How long this run has taken so far',
    needs: {
      answer: 'Needs your decision',
      stall: 'A command waits for input',
      taken: 'You have the session',
      blocked: 'Blocked',
      failed: 'Failed',
    } satisfies Record<Need, string>,
    size: ({ files, insertions, deletions }: WorkSize) =>
      [insertions > 0 && `+${insertions}`, deletions > 0 && `−${deletions}`].filter(Boolean).join(' ') ||
      plural(files, 'file'),
    sizeExact: ({ files, insertions, deletions }: WorkSize) =>
      `${plural(files, 'file')} changed: ${plural(insertions, 'line')} added, ${deletions} removed`,
    secondsAgo: (seconds: number) => `${seconds} s ago`,
    justNow: 'just now',
    hit: ({ where, words }: TaskHit) => `${HITS[where]}: ${visibleLine(words, LONGEST_HIT)}`,
  },
  drag: {
    noPlace: 'Not a place for it.',
    cannotMove: (title: string) => `“${title}” cannot be moved.`,
    cannotMoveTogether: 'These tasks cannot be moved together.',
    moving: (what: string) => `Moving ${what}.`,
    movingByKeys: (what: string, where: string) =>
      `Moving ${what}. ${where} Arrows choose the place, Enter puts it there.`,
    nothing: 'Nothing was moved.',
    done: (where: string) => `Put there: ${where}`,
    place: (column: string, at: number, of: number) => `${column}, place ${at} of ${of}.`,
    column: (column: string) => `${column}.`,
  },
  doing: {
    command: (command: string) => `Running ${command}`,
    read: (path: string) => `Reading ${path}`,
    write: (path: string) => `Writing ${path}`,
    search: (pattern: string) => `Searching for ${pattern}`,
    searching: 'Looking around',
    fetch: 'Looking something up online',
    subagent: 'Working with a subagent',
  },
  filters: {
    bar: 'Filters',
    filter: 'Filter',
    agent: 'Agent',
    project: 'Project',
    archived: 'Archived',
    text: (text: string) => `“${text}”`,
    remove: (name: string) => `Remove filter ${name}`,
    clear: 'Clear',
  },
  empty: {
    loading: 'Loading tasks',
    archivedTitle: 'Nothing is archived',
    archived: 'Archive a task when you no longer want it on the board.',
    backToTasks: 'Back to the tasks',
    noMatch: 'No matching tasks',
    noProjectTitle: 'No project yet',
    noProject: 'Add the git repository that agents may work in.',
    addProject: 'Add a project',
    firstSteps: 'First steps and sample project',
    noTasksTitle: 'No tasks yet',
    noTasks: 'Say what should be done, and an agent does it on a branch of its own.',
    newTask: 'New task',
  },
  menu: {
    open: 'Open',
    start: 'Start',
    startNow: 'Start without waiting',
    stop: 'Stop',
    resume: 'Resume',
    takeOver: 'Take over the session',
    openSession: 'Open the session',
    openAgain: 'Open the session again',
    giveBack: 'Give the session back',
    done: 'Mark done',
    undone: 'Back to review',
    edit: 'Edit draft',
    schedule: 'Schedule…',
    rename: 'Rename…',
    land: 'Land…',
    undoLanding: 'Undo landing…',
    rerun: 'Run again from the start',
    editor: 'Open in editor',
    copyBranch: 'Copy branch name',
    duplicate: 'Duplicate',
    archive: 'Archive',
    restore: 'Restore',
    delete: 'Delete…',
  },
  rename: {
    title: 'Rename',
    name: 'Title',
    save: 'Save',
    cancel: 'Cancel',
  },
  tasks,
} as const;
