import * as z from 'zod';
import { projectId, taskId, terminalId, workspaceId } from '../ids.ts';

/** A size in characters as a client wishes it: the host takes the nearest that a terminal may have. */
export const terminalSize = z.object({ cols: z.number(), rows: z.number() });
export type TerminalSize = z.infer<typeof terminalSize>;

/** What became of the shell of a terminal. */
export const terminalState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('running'), pid: z.number(), since: z.number() }),
  /** Exactly one of `code` and `signal` is set. */
  z.object({ kind: z.literal('exited'), code: z.number().nullable(), signal: z.string().nullable(), at: z.number() }),
  /** It ended with Drover; a new one starts below the old screen when somebody attaches. */
  z.object({ kind: z.literal('asleep') }),
]);
export type TerminalState = z.infer<typeof terminalState>;

/** A login shell of the person in a pseudo-terminal, with a screen that outlives every client. */
export const terminal = z.object({
  id: terminalId,
  projectId,
  /** Null in the folder of a project. */
  taskId: taskId.nullable(),
  workspaceId: workspaceId.nullable(),
  /** Where the shell was started; absolute. */
  folder: z.string(),
  name: z.string(),
  /** The agent of the task runs in it, and not a shell: it is started and ended with the task. */
  ofAgent: z.literal(true).optional(),
  /** What the program in it calls itself, without control characters; null when it has said nothing. */
  title: z.string().nullable(),
  /** The absolute path of the shell; null before it was first started. */
  program: z.string().nullable(),
  /** Terminals are shown by this, the smaller first. */
  order: z.number(),
  size: terminalSize,
  state: terminalState,
  createdAt: z.number(),
});
export type Terminal = z.infer<typeof terminal>;
