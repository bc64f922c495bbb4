/** Where the keys of an action count. Keys may be used twice where no two of the places are one. */
export type KeyContext = 'everywhere' | 'tasks' | 'board' | 'task' | 'terminal' | 'approvals' | 'new-task';

export const KEY_CONTEXTS: Record<KeyContext, string> = {
  everywhere: 'Everywhere',
  tasks: 'A task on the board, in the list, or open',
  board: 'Board and list',
  task: 'An open task',
  terminal: 'A terminal',
  approvals: 'Needs you',
  'new-task': 'New task',
};

export interface ActionWords {
  readonly words: string;
  /** The built-in keys, as in keys.logic.ts; null for none. */
  readonly keys: string | null;
  readonly place: KeyContext;
  /** Counts while a dialog is open too. */
  readonly overDialogs?: true;
  /** Counts in the terminals of the panel too, which otherwise get every key, for it leads out of them. */
  readonly leavesPanel?: true;
  /** Left out of the palette: it makes sense with its keys only. */
  readonly keysOnly?: true;
}

const action = (
  place: KeyContext,
  words: string,
  keys: string | null,
  more: Partial<ActionWords> = {},
): ActionWords => ({
  place,
  words,
  keys,
  ...more,
});

/**
 * Everything that can be done by a key or from the palette: the one list that the keys, the palette, the help and the
 * settings read. What an action does is given by the feature that shows it, with `useActions`.
 */
const LIST = {
  'task.new': action('everywhere', 'New task', 'n'),
  'session.open': action('everywhere', 'Open a session', 'shift+n'),
  palette: action('everywhere', 'All actions, tasks and projects', 'mod+k', { overDialogs: true, keysOnly: true }),
  'tasks.search': action('everywhere', 'Search tasks', '/'),
  'go.board': action('everywhere', 'Show the board', 'b'),
  'go.list': action('everywhere', 'Show the list', 'l'),
  'go.approvals': action('everywhere', 'Show what needs you', 'i'),
  'go.rules': action('everywhere', 'Show rules', null),
  'go.audit': action('everywhere', 'Show the audit', null),
  'go.settings': action('everywhere', 'Settings', ','),
  'go.shortcuts': action('everywhere', 'Change keyboard shortcuts', null),
  'data.clean-up': action('everywhere', 'Clean up', null),
  'go.welcome': action('everywhere', 'Welcome and first steps', null),
  'go.capture': action('everywhere', 'Quick capture', null),
  'project.add': action('everywhere', 'Add a project', 'o'),
  'terminals.panel': action('everywhere', 'Show or hide the terminal panel', 'mod+j', { leavesPanel: true }),
  'terminals.open': action('everywhere', 'Open a terminal in the project folder', null),
  'filters.clear': action('everywhere', 'Clear filters', 'c'),
  pause: action('everywhere', 'Pause everything', null),
  unpause: action('everywhere', 'Resume everything', null),
  colors: action('everywhere', 'Switch between light and dark', null),
  help: action('everywhere', 'Keyboard shortcuts', '?'),

  'task.main': action('tasks', 'Start, stop or resume', 's'),
  'task.rerun': action('tasks', 'Run again from the start', 'r'),
  'task.session': action('tasks', 'Take over the session, or give it back', 't'),
  'task.rename': action('tasks', 'Rename', 'f2'),
  'task.duplicate': action('tasks', 'Duplicate', 'd'),
  'task.edit': action('tasks', 'Edit the draft', 'e'),
  'task.schedule': action('tasks', 'Schedule', 'w'),
  'task.done': action('tasks', 'Mark done, or back to review', 'f'),
  'task.land': action('tasks', 'Land the work on a branch', 'g'),
  'task.archive': action('tasks', 'Archive, or restore', 'a'),
  'task.delete': action('tasks', 'Delete', 'delete'),

  'task.next': action('task', 'Open the next task', 'j'),
  'task.previous': action('task', 'Open the previous task', 'k'),
  'task.message': action('task', 'Write a message', 'm'),
  'task.find': action('task', 'Find in the conversation', 'mod+f'),
  'task.conversation': action('task', 'Show the conversation', '1'),
  'task.checklist': action('task', 'Show the checklist', '2'),
  'task.changes': action('task', 'Show the changes', '3'),
  'task.terminal': action('task', 'Show the terminal', '4'),
  'task.log': action('task', 'Show the log', '5'),
  'task.details': action('task', 'Show the details', '6'),

  'new.start': action('new-task', 'Start', 'mod+enter', { overDialogs: true, keysOnly: true }),
  'new.another': action('new-task', 'Start and add another', 'mod+shift+enter', { overDialogs: true, keysOnly: true }),
  'new.draft': action('new-task', 'Save as draft', 'mod+s', { overDialogs: true, keysOnly: true }),
  'new.project': action('new-task', 'Choose the project', 'mod+shift+p', { overDialogs: true, keysOnly: true }),
  'new.base': action('new-task', 'Choose the base', 'mod+shift+b', { overDialogs: true, keysOnly: true }),
  'new.agent': action('new-task', 'Choose the agent', 'mod+shift+a', { overDialogs: true, keysOnly: true }),
  'new.model': action('new-task', 'Choose the model', 'mod+shift+l', { overDialogs: true, keysOnly: true }),
  'new.autonomy': action('new-task', 'Choose the autonomy', 'mod+shift+u', { overDialogs: true, keysOnly: true }),
} satisfies Record<string, ActionWords>;

export type ActionName = keyof typeof LIST;
export const ACTIONS: Readonly<Record<ActionName, ActionWords>> = LIST;
export const ACTION_NAMES = Object.keys(LIST) as ActionName[];

/** Keys that belong to what has the focus, as everywhere; they are shown, and cannot be changed. */
export const FIXED_KEYS: readonly { place: KeyContext; keys: readonly string[]; words: string }[] = [
  { place: 'everywhere', keys: ['escape'], words: 'Close what is open, clear the selection' },
  { place: 'board', keys: ['arrowup', 'arrowdown', 'arrowleft', 'arrowright'], words: 'Move between tasks' },
  { place: 'board', keys: ['enter'], words: 'Open the task' },
  { place: 'board', keys: ['space'], words: 'Select the task, for acting on several' },
  { place: 'board', keys: ['mod+a'], words: 'Select all tasks that are shown' },
  { place: 'board', keys: ['shift+arrowdown'], words: 'Extend the selection down' },
  { place: 'board', keys: ['m'], words: 'Move the task: arrows choose the place, Enter puts it there' },
  { place: 'task', keys: ['mod+enter'], words: 'Send the message' },
  { place: 'terminal', keys: ['ctrl+shift+escape'], words: 'Leave the terminal, which gets all other keys' },
  {
    place: 'terminal',
    keys: ['mod+shift+arrowleft', 'mod+shift+arrowright'],
    words: 'On the tab of a terminal: move it',
  },
  { place: 'terminal', keys: ['ctrl+shift+f'], words: 'Find in the terminal' },
  { place: 'terminal', keys: ['ctrl+shift+c'], words: 'Copy what is selected in the terminal' },
  { place: 'approvals', keys: ['j', 'k'], words: 'Next, previous' },
  { place: 'approvals', keys: ['enter'], words: 'Open the task' },
  { place: 'approvals', keys: ['1'], words: 'Choose an answer, 1 to 9' },
  { place: 'approvals', keys: ['a'], words: 'Allow, approve or answer' },
  { place: 'approvals', keys: ['t'], words: 'Allow for this task' },
  { place: 'approvals', keys: ['p'], words: 'Always allow in this project' },
  { place: 'approvals', keys: ['e'], words: 'Edit first' },
  { place: 'approvals', keys: ['d'], words: 'Deny, send back or skip' },
  { place: 'approvals', keys: ['x'], words: 'Deny and stop the task' },
  { place: 'approvals', keys: ['space'], words: 'Select the approval, for answering several' },
];

/** The keys of every action, with what a person has changed; null for none. */
export type Keymap = Readonly<Record<ActionName, string | null>>;

/** `changed` is the setting `window.keys`; names that are not known are passed over. */
export function keymapOf(changed: unknown): Keymap {
  const own = typeof changed === 'object' && changed !== null ? (changed as Record<string, unknown>) : {};
  const entries = ACTION_NAMES.map((name) => {
    const keys = Object.hasOwn(own, name) ? own[name] : ACTIONS[name].keys;
    return [name, typeof keys === 'string' && keys !== '' ? keys : null];
  });
  return Object.fromEntries(entries) as Keymap;
}

function meet(one: KeyContext, other: KeyContext): boolean {
  // No key of the window counts there.
  if (one === 'terminal' || other === 'terminal') return one === other;
  if (one === other || one === 'everywhere' || other === 'everywhere') return true;
  const both = [one, other];
  return both.includes('tasks') && (both.includes('board') || both.includes('task'));
}

/** The other action that has these keys where `name` would have them; null when they are free. */
export function conflictOf(keymap: Keymap, name: ActionName, keys: string): ActionName | null {
  const { place } = ACTIONS[name];
  return (
    ACTION_NAMES.find((other) => other !== name && keymap[other] === keys && meet(place, ACTIONS[other].place)) ?? null
  );
}

/** What these keys do already where `name` would have them, because they cannot be changed there; null when nothing. */
export function fixedUseOf(name: ActionName, keys: string): string | null {
  const { place } = ACTIONS[name];
  return FIXED_KEYS.find((fixed) => fixed.keys.includes(keys) && meet(place, fixed.place))?.words ?? null;
}

/** What to store as `window.keys` after a change; the built-in keys are not stored. */
export function withKeys(changed: unknown, name: ActionName, keys: string | null): Record<string, string | null> {
  const next = {
    ...(typeof changed === 'object' && changed !== null ? (changed as Record<string, string | null>) : {}),
  };
  if (keys === ACTIONS[name].keys) delete next[name];
  else next[name] = keys;
  return next;
}
