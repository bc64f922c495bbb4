import type { SettingKey } from '../../../contract/settings/state.ts';
import { AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';

export const SECTIONS = [
  { name: 'general', title: 'General' },
  { name: 'appearance', title: 'Appearance' },
  { name: 'agents', title: 'Agents and limits' },
  { name: 'projects', title: 'Projects' },
  { name: 'notifications', title: 'Notifications' },
  { name: 'shortcuts', title: 'Shortcuts' },
  { name: 'data', title: 'Data' },
  { name: 'about', title: 'About' },
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
  | { readonly type: 'number'; readonly unit?: string; readonly zero?: string }
  /** `zero`: what 0 is called, and may be typed for it. */
  | { readonly type: 'time'; readonly zero?: string }
  /** `none`: what null or an empty text means. */
  | { readonly type: 'text'; readonly none?: string }
  | { readonly type: 'command'; readonly none: string }
  | { readonly type: 'agent' | 'model' | 'effort' | 'quiet-until' | 'global-keys' };

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

/** How every setting is shown; `window.keys` has a list of its own. */
export const SETTING_FORMS: Record<Exclude<SettingKey, 'window.keys'>, SettingForm> = {
  'task.recovery': form('general', 'After a crash', 'What happens to the tasks that were running.', {
    type: 'choice',
    options: [
      { value: 'resume', label: 'Resume automatically' },
      { value: 'wait', label: 'Wait for me' },
    ],
  }),
  'desktop.keepAwake': form('general', 'Keep the computer awake', 'While tasks run. The screen may still go dark.', ON),
  'desktop.editor': form('general', 'Editor', 'Opens a workspace. Its folder is added as the last argument.', {
    type: 'command',
    none: 'Auto-detect',
  }),
  'desktop.terminal': form('general', 'Terminal', 'Opens a workspace. It is started in that folder.', {
    type: 'command',
    none: 'Auto-detect',
  }),
  'git.program': form('general', 'git', 'A name in the PATH or a file.', {
    type: 'command',
    none: 'Auto-detect',
  }),
  'shell.program': form(
    'general',
    'Login shell',
    'Agents, git and checks get the environment that it sets up, such as the PATH.',
    { type: 'command', none: 'Your own' },
  ),
  'server.port': form(
    'general',
    'Port on this machine',
    'For browser and command line. Takes effect at the next start.',
    {
      type: 'number',
      zero: 'any free port',
    },
  ),
  'log.level': form('general', 'Log file', 'How much is written to it. Takes effect at the next start.', {
    type: 'choice',
    options: [
      { value: 'error', label: 'Errors' },
      { value: 'warn', label: 'Warnings' },
      { value: 'info', label: 'Info' },
      { value: 'debug', label: 'Debug' },
    ],
  }),

  'appearance.colors': form('appearance', 'Colours', '', {
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

  'agent.default': form('agents', 'Agent of a new task', 'Which program does the work.', { type: 'agent' }),
  'agent.model': form('agents', 'Model', 'As the agent names it.', { type: 'model' }),
  'agent.effort': form('agents', 'Effort', 'How hard the model thinks.', { type: 'effort' }),
  'agent.claude.program': form(
    'agents',
    'Claude Code',
    'Its program: a name in the PATH or a file, with arguments that come before all others. A project may have its own.',
    { type: 'command', none: 'Auto-detect' },
  ),
  'agent.autonomy': form('agents', 'Autonomy', 'How far an agent may go without asking.', {
    type: 'choice',
    options: Object.entries(AUTONOMY_WORDS).map(([value, { label, words }]) => ({ value, label, words })),
  }),
  'task.slots': form('agents', 'Tasks at the same time', 'The others wait in the queue. From 1 to 100.', {
    type: 'number',
  }),
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
      none: 'Nothing',
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
      zero: 'never',
    },
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
