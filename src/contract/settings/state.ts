import * as z from 'zod';
import { agentWay, autonomy } from '../agent/state.ts';
import { resourceLimits } from '../process/limits.ts';
import { argv, slots } from '../project/state.ts';
import { DEFAULT_LOOK, LOOK } from './look.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Null keeps. */
const days = z.number().int().min(1).max(3650).nullable().default(null);
const size = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max);

/** Everything a person can set for this Drover, with defaults. Times are in milliseconds. */
export const settings = z.object({
  'agent.default': z.string().min(1).max(64).default('claude'),
  'agent.autonomy': autonomy.default('auto'),
  'agent.model': z.string().max(128).nullable().default(null),
  'agent.effort': z.string().max(32).nullable().default(null),
  'agent.way': agentWay.default('headless'),
  /** Programs as a name in PATH or a file, with arguments that come before all others; null finds them. */
  'agent.claude.program': argv.nullable().default(null),
  'git.program': argv.nullable().default(null),
  'shell.program': argv.nullable().default(null),
  'task.slots': slots.default(4),
  'task.slotsPerProject': slots.nullable().default(null),
  'task.slotsPerAgent': slots.nullable().default(null),
  'task.maxRetries': z.number().int().min(0).max(50).default(3),
  'task.firstResponseMs': z
    .number()
    .int()
    .min(100)
    .max(60 * MINUTE)
    .default(60 * SECOND),
  'task.turnMs': z
    .number()
    .int()
    .min(100)
    .max(24 * 60 * MINUTE)
    .default(60 * MINUTE),
  'task.inactivityMs': z
    .number()
    .int()
    .min(100)
    .max(24 * 60 * MINUTE)
    .default(30 * MINUTE),
  'task.maxMemory': resourceLimits.shape.maxMemory.unwrap().default(null),
  'task.maxProcesses': resourceLimits.shape.maxProcesses.unwrap().default(null),
  'task.maxCpuMs': resourceLimits.shape.maxCpuMs.unwrap().default(null),
  'task.recovery': z.enum(['resume', 'wait']).default('resume'),
  'task.stallMs': z
    .number()
    .int()
    .min(1000)
    .max(60 * MINUTE)
    .default(45 * SECOND),
  'attention.completed': z.boolean().default(true),
  'attention.failed': z.boolean().default(true),
  'attention.needsYou': z.boolean().default(true),
  'attention.sound': z.boolean().default(false),
  /** Milliseconds since 1970. */
  'attention.quietUntil': z.number().int().min(0).nullable().default(null),
  'attention.reminderMs': z
    .number()
    .int()
    .min(0)
    .max(24 * 60 * MINUTE)
    .default(0),
  'appearance.colors': z.enum(['system', 'light', 'dark']).default('system'),
  'appearance.density': z.enum(LOOK.densities).default(DEFAULT_LOOK.density),
  'appearance.textSize': size(LOOK.textSize).default(DEFAULT_LOOK.textSize),
  'appearance.codeSize': size(LOOK.codeSize).default(DEFAULT_LOOK.codeSize),
  /** Keys that differ from the built-in ones: the name of an action, and its keys (`mod+k`); null for none. */
  'window.keys': z.record(z.string().max(64), z.string().max(64).nullable()).default({}),
  'desktop.background': z.boolean().default(false),
  'desktop.keepAwake': z.boolean().default(true),
  'desktop.captureKeys': z.string().max(64).nullable().default(null),
  'desktop.approvalKeys': z.string().max(64).nullable().default('CommandOrControl+Alt+A'),
  'desktop.editor': argv.nullable().default(null),
  'desktop.terminal': argv.nullable().default(null),
  'workspace.branchPrefix': z.string().max(64).default('drover/'),
  /** Days after the last change of a task that is over, in which what it has left is kept; null for ever. */
  'retention.workspaceDays': days,
  'retention.outputDays': days,
  'retention.terminalDays': days,
  'server.port': z.number().int().min(0).max(65535).default(0),
  'log.level': z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});
export type Settings = z.infer<typeof settings>;
export type SettingKey = keyof Settings;

/** A sentence for each, shown by `drover config list` and the settings page. */
export const SETTING_WORDS: Record<SettingKey, string> = {
  'agent.default': 'Default agent',
  'agent.autonomy': 'How far an agent may go without asking: plan, ask, edit or auto',
  'agent.model': 'Model of a new task; null for the agent’s own default',
  'agent.effort': 'Effort of a new task; null for the agent’s own default',
  'agent.way': 'How an agent runs: headless, or in a terminal where it can: terminal',
  'agent.claude.program': 'Claude Code: a name in PATH or a file, with arguments before all others; null finds it',
  'git.program': 'git: a name in PATH or a file, with arguments before all others; null finds it',
  'shell.program': 'Login shell whose environment agents, git and checks get; null for your own',
  'task.slots': 'How many tasks run at the same time',
  'task.slotsPerProject': 'How many tasks of one project run at the same time; null for no limit of its own',
  'task.slotsPerAgent': 'How many tasks of one agent run at the same time; null for no limit of its own',
  'task.maxRetries': 'How often an agent is sent back to unfinished items before the task fails',
  'task.firstResponseMs': 'Longest wait for the first response in a turn, in milliseconds',
  'task.turnMs': 'Longest turn, in milliseconds',
  'task.inactivityMs': 'Longest silence in a turn, in milliseconds',
  'task.maxMemory': 'Memory that the processes of a new task may hold together, in bytes; null for no limit',
  'task.maxProcesses': 'How many processes a new task may have at once; null for no limit',
  'task.maxCpuMs': 'Processor time that a run of a new task may use, in milliseconds; null for no limit',
  'task.recovery': 'What happens to running tasks after a crash: resume automatically, or wait',
  'task.stallMs':
    'How long a command that seems to ask something may be silent before you are notified, in milliseconds',
  'attention.completed': 'Notify when a task is completed',
  'attention.failed': 'Notify when a task has failed',
  'attention.needsYou': 'Notify when a task needs you',
  'attention.sound': 'Play a sound with notifications',
  'attention.quietUntil': 'Do not disturb until this time, in milliseconds since 1970; null for no quiet time',
  'attention.reminderMs': 'Remind of what still waits for you after this time, in milliseconds; 0 for no reminder',
  'appearance.colors': 'Theme: match the system, light or dark',
  'appearance.density': 'How much space rows and cards take: compact or comfortable',
  'appearance.textSize': 'Size of text, in pixels',
  'appearance.codeSize': 'Size of code, in pixels',
  'window.keys': 'Keys that differ from the built-in ones',
  'desktop.background': 'Keep working without the window: tasks run in a process that outlives the app',
  'desktop.keepAwake': 'Keep the computer awake while tasks run',
  'desktop.captureKeys': 'Keys that open quick capture from anywhere; null for none',
  'desktop.approvalKeys': 'Keys that bring the pending approval forward from anywhere; null for none',
  'desktop.editor': 'Program that opens a workspace as an editor, with its arguments; null finds one',
  'desktop.terminal': 'Program that opens a workspace as a terminal, with its arguments; null finds one',
  'workspace.branchPrefix': 'Branches of workspaces begin with this',
  'retention.workspaceDays':
    'Days after which the workspace of a finished task is removed, if it is merged and clean; null keeps it',
  'retention.outputDays': 'Days after which long outputs of a finished task are removed; null keeps them',
  'retention.terminalDays': 'Days after which closed terminals of a finished task are removed; null keeps them',
  'server.port': 'Port on 127.0.0.1; 0 for any free port. Takes effect at the next start',
  'log.level': 'How much is written to the log file. Takes effect at the next start',
};

export const settingEntry = z.object({
  key: z.string(),
  value: z.unknown(),
  default: z.unknown(),
  words: z.string(),
});
export type SettingEntry = z.infer<typeof settingEntry>;
