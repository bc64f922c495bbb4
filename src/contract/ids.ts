import * as z from 'zod';
import { ID_PATTERNS } from './id-patterns.ts';

/**
 * The first letter of a task id says the kind of the task. Only `a` is made today; the others are reserved so that an
 * id stays readable when more kinds arrive.
 * @public
 */
export const TASK_ID_LETTERS = {
  a: 'agent',
  b: 'shell',
  r: 'remote',
  t: 'teammate',
  d: 'dream',
  w: 'workflow',
  m: 'monitor',
} as const;

/** `a` and 8 characters of 0-9a-z, for example `a3k9x02bq`. */
export const taskId = z
  .string()
  .regex(ID_PATTERNS.task, 'a task id is one letter and 8 characters of 0-9 and a-z, for example a3k9x02bq');

/** `p` and 8 characters of 0-9a-z. */
export const projectId = z.string().regex(ID_PATTERNS.project, 'a project id is p and 8 characters of 0-9 and a-z');

/** The task id and the number of the workspace in that task: `a3k9x02bq-1`. */
export const workspaceId = z
  .string()
  .regex(ID_PATTERNS.workspace, 'a workspace id is a task id, a dash and a number, for example a3k9x02bq-1');

/** The task id and the number of the run in that task: `a3k9x02bq.1`. */
export const runId = z.string().regex(ID_PATTERNS.run);

/** The number of the item in its task, as text: `1`. Never used twice in one task. */
export const itemId = z.string().regex(ID_PATTERNS.item, 'an item id is a number, for example 2');

/** `q` and 8 characters of 0-9a-z. */
export const approvalId = z.string().regex(ID_PATTERNS.approval, 'an approval id is q and 8 characters of 0-9 and a-z');

/** `u` and 8 characters of 0-9a-z. */
export const ruleId = z.string().regex(ID_PATTERNS.rule, 'a rule id is u and 8 characters of 0-9 and a-z');

/** `f` and 8 characters of 0-9a-z. */
export const attachmentId = z
  .string()
  .regex(ID_PATTERNS.attachment, 'an attachment id is f and 8 characters of 0-9 and a-z');

/** `k` and 8 characters of 0-9a-z. */
export const terminalId = z.string().regex(ID_PATTERNS.terminal, 'a terminal id is k and 8 characters of 0-9 and a-z');

/** `h` and 8 characters of 0-9a-z: the Drover that has the data, the same at every start. */
export const hostId = z.string().regex(ID_PATTERNS.host);

/** A person who uses a Drover. There is one: whoever has the token, or a browser that was signed in with it. */
export const userId = z.string().min(1).max(64);

/** Chosen by the client; the same id always gets the same answer. Any text of 1 to 64 characters, by custom a UUID. */
export const commandId = z.string().min(1).max(64);
