import * as z from 'zod';
import { hostId, taskId, userId } from '../ids.ts';
import { argv } from '../project/state.ts';
import { taskStatus } from '../task/state.ts';

/** What runs here, since when and where, how many tasks there are in each status, and how many need a person. */
export const systemStatus = z.object({
  host: hostId,
  /** Who is asking. */
  user: userId,
  version: z.string(),
  pid: z.number(),
  startedAt: z.number(),
  address: z.string(),
  dataFolder: z.string(),
  logFile: z.string(),
  /** It was started by the app to work without it, and ends when the setting `desktop.background` is turned off. */
  background: z.boolean(),
  seq: z.number(),
  tasks: z.record(taskStatus, z.number()),
  needsYou: z.number(),
  /** What ran when the Drover before this one was killed, and whether it was resumed; null when nothing did. */
  recovered: z.object({ taskIds: z.array(taskId), resumed: z.boolean() }).nullable(),
});
export type SystemStatus = z.infer<typeof systemStatus>;

/** A program that was found and opens folders: its name for a person, and the command to which a folder is appended. */
export const foundOpener = z.object({ name: z.string(), argv });
export type FoundOpener = z.infer<typeof foundOpener>;

/** The editors and terminals of a machine, the best first. */
export const foundOpeners = z.object({ editor: z.array(foundOpener), terminal: z.array(foundOpener) });
export type FoundOpeners = z.infer<typeof foundOpeners>;
