import * as z from 'zod';
import { processIdentity } from '../run/state.ts';

/** A TCP port on which a process listens. */
export const listening = z.object({
  port: z.number().int().min(1).max(65535),
  /** An IPv4 or IPv6 address; `0.0.0.0` and `::` stand for all of this machine. */
  address: z.string(),
});
export type Listening = z.infer<typeof listening>;

/** A process of a task: its agent, a terminal, or what one of them has started. What is not known is null. */
export const taskProcess = z.object({
  ...processIdentity.shape,
  parent: z.number(),
  /** The program and its arguments, shortened. Whatever started it has written them. */
  command: z.string(),
  /** The program of the agent itself. */
  agent: z.literal(true).optional(),
  /** Processor time used since it began, in milliseconds. */
  cpuMs: z.number().nullable(),
  /** Memory that it holds, in bytes; what it shares with others is counted in each. */
  memory: z.number().nullable(),
  ports: z.array(listening),
});
export type TaskProcess = z.infer<typeof taskProcess>;

/** What the processes of a task use, looked at now. Nothing is measured unless somebody asks. */
export const taskProcesses = z.object({
  /** Milliseconds of a clock that only goes forward, to compare with those of another look. */
  at: z.number(),
  processes: z.array(taskProcess),
  /** Whether this system tells which ports are listened on. */
  portsKnown: z.boolean(),
});
export type TaskProcesses = z.infer<typeof taskProcesses>;
