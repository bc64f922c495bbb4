import * as z from 'zod';

const DAY = 24 * 60 * 60 * 1000;

/**
 * What the processes of a run may use, all of them together: the agent, what it starts, and checks. Null or absent: as
 * much as they want.
 */
export const resourceLimits = z.strictObject({
  /** Bytes that are held at once. */
  maxMemory: z.number().int().min(1_000_000).max(1e15).nullable().optional(),
  /** How many there are at once. */
  maxProcesses: z.number().int().min(1).max(100_000).nullable().optional(),
  /** Processor time of the whole run, in milliseconds. */
  maxCpuMs: z
    .number()
    .int()
    .min(1000)
    .max(365 * DAY)
    .nullable()
    .optional(),
});
export type ResourceLimits = z.infer<typeof resourceLimits>;
