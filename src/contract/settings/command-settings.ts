import type { SettingKey } from './state.ts';

/**
 * The settings that hold a program with its arguments; typed as one text and split. Apart from the schemas, because the
 * command begins without them.
 */
export const COMMAND_SETTINGS: ReadonlySet<string> = new Set<SettingKey>([
  'agent.claude.program',
  'git.program',
  'shell.program',
  'desktop.editor',
  'desktop.terminal',
]);

/** The settings that hold a number, or nothing. */
export const NUMBER_SETTINGS: ReadonlySet<string> = new Set<SettingKey>([
  'task.slotsPerProject',
  'task.slotsPerAgent',
  'task.maxMemory',
  'task.maxProcesses',
  'task.maxCpuMs',
  'attention.quietUntil',
  'retention.workspaceDays',
  'retention.outputDays',
  'retention.terminalDays',
]);
