import type * as z from 'zod';
import { agents } from './agent/calls.ts';
import { approvals } from './approval/calls.ts';
import { rules } from './approval/rule-calls.ts';
import { attachments } from './attachment/calls.ts';
import { checkpoints } from './checkpoint/calls.ts';
import { cleanUp } from './clean-up/calls.ts';
import { data } from './data/calls.ts';
import { landings } from './landing/calls.ts';
import { pause } from './pause/calls.ts';
import { processes } from './process/calls.ts';
import { projects } from './project/calls.ts';
import { settings } from './settings/calls.ts';
import { events } from './stream/calls.ts';
import { system } from './system/calls.ts';
import { tasks } from './task/calls.ts';
import { items } from './task/item-calls.ts';
import { messages } from './task/message-calls.ts';
import { sessions } from './task/session-calls.ts';
import { terminals } from './terminal/calls.ts';
import { workspaces } from './workspace/calls.ts';

/** The list of calls, the same over every carrier. Times are milliseconds since 1970. */
export const api = {
  system,
  pause,
  tasks,
  messages,
  sessions,
  items,
  processes,
  projects,
  attachments,
  approvals,
  rules,
  data,
  cleanUp,
  workspaces,
  landings,
  checkpoints,
  terminals,
  agents,
  settings,
  events,
};
export type Api = typeof api;

type Procedure<I, O> = { '~orpc': { inputSchema?: I | undefined; outputSchema?: O | undefined } };
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Answered<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What the call `Noun.Verb` is given after its input was checked, and what it returns. */
export type CallInput<N extends keyof Api, V extends keyof Api[N]> =
  Api[N][V] extends Procedure<infer I, unknown> ? Parsed<I> : never;
export type CallOutput<N extends keyof Api, V extends keyof Api[N]> =
  Api[N][V] extends Procedure<unknown, infer O> ? Answered<O> : never;
