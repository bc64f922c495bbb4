import * as z from 'zod';
import { taskStatus } from '../task/state.ts';

/** What runs here, since when and where, and how many tasks there are in each status. */
export const systemStatus = z.object({
  version: z.string(),
  pid: z.number(),
  startedAt: z.number(),
  address: z.string(),
  dataFolder: z.string(),
  logFile: z.string(),
  seq: z.number(),
  tasks: z.record(taskStatus, z.number()),
});
export type SystemStatus = z.infer<typeof systemStatus>;
