import type { ResourceLimit } from '../../../contract/process/limit-names.ts';
import type { SettingKey } from '../../../contract/settings/state.ts';
import { AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';
import { WAY_WORDS } from '../../../contract/words/way.ts';
import { labels as limits } from '../limits/labels.ts';

export const SECTIONS = [
  { name: 'general', title: 'General' },
  { name: 'appearance', title: 'Appearance' },
  { name: 'agents', title: 'Agents' },
  { name: 'projects', title: 'Projects' },
  { name: 'rules', title: 'Rules' },
  { name: 'audit', title: 'Audit log' },
  { name: 'notifications', title: 'Notifications' },
  { name: 'shortcuts', title: 'Keyboard shortcuts' },
  { name: 'data', title: 'Data' },
  { name: 'about', title: 'About' },
  { name: 'licences', title: 'Open-source licences', under: 'about' },
] as const;
export type SectionName = (typeof SECTIONS)[number]['name'];

export interface Option {
  readonly value: string;
  readonly label: string;
  /** A line on what it means. */
  readonly words?: string;
}

/** How a setting is shown and changed. */
export type Control =
  | { readonly type: 'switch' }
  | { readonly type: 'choice'; readonly options: readonly Option[] }
  | { readonly type: 'number'; readonly unit?: string }
  /** From 1 to 100; `none` is what null is called. */
  | { readonly type: 'count'; readonly none: string }
  | { readonly type: 'limit'; readonly limit: ResourceLimit }
  /** From a day to ten years; `none` is what null is called. */
  | { readonly type: 'days'; readonly none: string }
  /** `zero`: what 0 is called, and may be typed for it. */
  | { readonly type: 'time'; readonly zero?: string; readonly known?: readonly string[] }
  /** `none`: what null or an empty text means. */
  | { readonly type: 'text'; readonly none?: string }
  | { readonly type: 'command'; readonly none: string }
  /** A menu of programs that open folders, and any other command. */
  | { readonly type: 'program'; readonly place: 'editor' | 'terminal' }
  | { readonly type: 'agent' | 'model' | 'effort' | 'port' | 'quiet-until' | 'global-keys' };

export interface SettingForm {
  readonly section: SectionName;
  readonly label: string;
  readonly help: string;
  readonly control: Control;
}

const form = (section: SectionName, label: string, help: string, control: Control): SettingForm => ({
  section,
  label,
  help,
  control,
});
const ON: Control = { type: 'switch' };
const TIME: Control = { type: 'time' };
const limit = (name: ResourceLimit, help: string) =>
  form('agents', limits.names[name], help, { type: 'limit', limit: name });
const KEPT: Control = { type: 'days', none: 'Always' };

/** How every setting is shown; `window.keys` has a list of its own. */
export const SETTING_FORMS: Record<Exclude<SettingKey, 'window.keys'>, SettingForm> = {
  'task.recovery': form('general', 'After a crash', 'What happens to the tasks that were running.', {
    type: 'choice',
    options: [
      { value: 'resume', label: 'Resume automatically' },
      { value: 'wait', label: 'Wait for me' },
    ],
  }),
  'desktop.background': form(
    'general',
    'Keep working without the window',
    'Tasks run in a process that outlives the app. A change waits until each task is between turns, and ends programs in terminals.',
    ON,
  ),
  'desktop.keepAwake': form('general', 'Keep the computer awake', 'While tasks run. The screen may still go dark.', ON),
  'desktop.editor': form('general', 'Editor', 'Opens workspaces.', { type: 'program', place: 'editor' }),
  'desktop.terminal': form('general', 'Terminal', 'Opens in workspaces.', { type: 'program', place: 'terminal' }),
  'git.program': form('general', 'git', 'A name in the PATH or a file.', { type: 'command', none: 'Automatic' }),
  'shell.program': form(
    'general',
    'Login shell',
    'Sets up the environment of agents, git and checks, such as the PATH.',
    { type: 'command', none: 'Automatic' },
  ),
  'server.port': form('general', 'Port', 'For browser and command line. Takes effect at the next start.', {
    type: 'port',
  }),
  'log.level': form('general', 'Log level', 'Takes effect at the next start.', {
    type: 'choice',
    options: [
      { value: 'error', label: 'Errors' },
      { value: 'warn', label: 'Warnings' },
      { value: 'info', label: 'Info' },
      { value: 'debug', label: 'Debug' },
    ],
  }),

  'appearance.colors': form('appearance', 'Theme', '', {
    type: 'choice',
    options: [
      { value: 'system', label: 'Match system' },
      { value: 'light', label: 'Light' },
      { value: 'dark', label: 'Dark' },
    ],
  }),
  'appearance.density': form('appearance', 'Density', 'How much space rows and cards take.', {
    type: 'choice',
    options: [
      { value: 'comfortable', label: 'Comfortable' },
      { value: 'compact', label: 'Compact' },
    ],
  }),
  'appearance.textSize': form('appearance', 'Text size', 'From 10 to 24.', { type: 'number', unit: 'px' }),
  'appearance.codeSize': form('appearance', 'Code size', 'From 9 to 24: commands, output, changes.', {
    type: 'number',
    unit: 'px',
  }),

  'agent.default': form('agents', 'Default agent', '', { type: 'agent' }),
  'agent.model': form('agents', 'Default model', '', { type: 'model' }),
  'agent.effort': form('agents', 'Default effort', 'How hard the model thinks.', { type: 'effort' }),
  'agent.way': form('agents', 'Runs', 'In a terminal you can watch the agent, and type to it.', {
    type: 'choice',
    options: Object.entries(WAY_WORDS).map(([value, { label, words }]) => ({ value, label, words })),
  }),
  'agent.claude.program': form(
    'agents',
    'Claude Code',
    'A name in the PATH or a file, with its first arguments. A project may have its own.',
    { type: 'command', none: 'Automatic' },
  ),
  'agent.autonomy': form('agents', 'Default autonomy', 'How far an agent may go without asking.', {
    type: 'choice',
    options: Object.entries(AUTONOMY_WORDS).map(([value, { label, words }]) => ({ value, label, words })),
  }),
  'task.slots': form('agents', 'Tasks at the same time', 'The others wait in the queue. From 1 to 100.', {
    type: 'number',
  }),
  'task.slotsPerProject': form(
    'agents',
    'Tasks of one project',
    'At the same time. A project may have its own limit.',
    {
      type: 'count',
      none: 'No limit',
    },
  ),
  'task.slotsPerAgent': form('agents', 'Tasks of one agent', 'At the same time.', { type: 'count', none: 'No limit' }),
  'task.maxRetries': form(
    'agents',
    'Retries',
    'How often an agent is sent back to unfinished items before the task fails.',
    { type: 'number' },
  ),
  'task.firstResponseMs': form(
    'agents',
    'First-response timeout',
    'Longest wait for the first response in a turn.',
    TIME,
  ),
  'task.turnMs': form('agents', 'Turn timeout', 'Longer turns fail.', TIME),
  'task.inactivityMs': form('agents', 'Longest silence', 'Of an agent in the middle of a turn.', TIME),
  'task.maxMemory': limit(
    'maxMemory',
    'What the processes of a new task may hold together; a run that uses more is ended. A project may have its own.',
  ),
  'task.maxProcesses': limit('maxProcesses', 'How many a new task may have at the same time.'),
  'task.maxCpuMs': limit('maxCpuMs', 'Of one run of a new task.'),
  'task.stallMs': form(
    'agents',
    'Stalled command',
    'How long a command that seems to ask something may be silent before you are notified.',
    TIME,
  ),
  'workspace.branchPrefix': form(
    'agents',
    'Branch prefix',
    'Branches of workspaces begin with this, unless the project says otherwise.',
    {
      type: 'text',
      none: 'None',
    },
  ),

  'attention.quietUntil': form(
    'notifications',
    'Do not disturb',
    'No notifications until then; all is still there when you look.',
    {
      type: 'quiet-until',
    },
  ),
  'attention.needsYou': form('notifications', 'A task needs you', 'A question, a plan, or a permission request.', ON),
  'attention.completed': form('notifications', 'A task is completed', '', ON),
  'attention.failed': form('notifications', 'A task has failed', '', ON),
  'attention.sound': form('notifications', 'Sound', 'Played with a notification.', ON),
  'attention.reminderMs': form(
    'notifications',
    'Remind me',
    'Remind me once if something is still waiting after this time.',
    {
      type: 'time',
      zero: 'Off',
      known: ['Off', '5 min', '15 min', '30 min', '1 h'],
    },
  ),

  'retention.workspaceDays': form(
    'data',
    'Keep workspaces',
    'How long the workspace of a finished task is kept after its last change. Only what is merged and committed is removed; branches stay.',
    KEPT,
  ),
  'retention.outputDays': form(
    'data',
    'Keep long outputs',
    'How long outputs of commands and tools over 32 kB are kept. The log and the beginning of each output stay.',
    KEPT,
  ),
  'retention.terminalDays': form(
    'data',
    'Keep closed terminals',
    'How long the screens of terminals of a finished task are kept once their shells have ended.',
    KEPT,
  ),

  'desktop.captureKeys': form(
    'shortcuts',
    'Quick capture',
    'From anywhere on this computer, where the desktop app runs.',
    {
      type: 'global-keys',
    },
  ),
  'desktop.approvalKeys': form(
    'shortcuts',
    'Bring the approval forward',
    'From anywhere on this computer, where the desktop app runs.',
    {
      type: 'global-keys',
    },
  ),
};

export type FormKey = keyof typeof SETTING_FORMS;
export const FORM_KEYS = Object.keys(SETTING_FORMS) as FormKey[];
