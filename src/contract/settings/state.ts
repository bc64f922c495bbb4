import * as z from 'zod';
import { autonomy } from '../agent/state.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Everything a person can set for this Drover, with defaults. Times are in milliseconds. */
export const settings = z.object({
  'agent.default': z.string().min(1).max(64).default('claude'),
  'agent.autonomy': autonomy.default('auto'),
  'agent.model': z.string().max(128).nullable().default(null),
  'agent.effort': z.string().max(32).nullable().default(null),
  'task.slots': z.number().int().min(1).max(100).default(4),
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
  'task.recovery': z.enum(['resume', 'wait']).default('resume'),
  'workspace.branchPrefix': z.string().max(64).default('drover/'),
  'server.port': z.number().int().min(0).max(65535).default(0),
  'log.level': z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});
export type Settings = z.infer<typeof settings>;
export type SettingKey = keyof Settings;

/** A sentence for each, shown by `drover config list` and the settings page. */
export const SETTING_WORDS: Record<SettingKey, string> = {
  'agent.default': 'Agent of a new task',
  'agent.autonomy': 'How far an agent may go without asking: plan, ask, edit or auto',
  'agent.model': 'Model of a new task; null for the agent’s own default',
  'agent.effort': 'Effort of a new task; null for the agent’s own default',
  'task.slots': 'How many tasks run at the same time',
  'task.maxRetries': 'How often an agent is sent back to unfinished items before the task fails',
  'task.firstResponseMs': 'Longest wait for the first sign of life in a turn, in milliseconds',
  'task.turnMs': 'Longest turn, in milliseconds',
  'task.inactivityMs': 'Longest silence in a turn, in milliseconds',
  'task.recovery': 'What happens to running tasks after Drover was killed: resume by themselves, or wait',
  'workspace.branchPrefix': 'Branches of workspaces begin with this',
  'server.port': 'Port on 127.0.0.1; 0 takes a free one. Takes effect at the next start',
  'log.level': 'How much is written to the log file. Takes effect at the next start',
};

export const settingEntry = z.object({
  key: z.string(),
  value: z.unknown(),
  default: z.unknown(),
  words: z.string(),
});
export type SettingEntry = z.infer<typeof settingEntry>;
