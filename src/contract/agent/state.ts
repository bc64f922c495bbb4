import * as z from 'zod';

/**
 * How far an agent may go without asking. `plan` reads only and shows a plan; `ask` asks for every change; `edit` lets
 * file edits in the workspace pass and asks for commands; `auto` lets all inside the workspace pass and asks for what
 * leaves it.
 */
export const autonomy = z.enum(['plan', 'ask', 'edit', 'auto']);
export type Autonomy = z.infer<typeof autonomy>;

/** How an agent runs: without a face, or in a terminal that a person sees and may type in. */
export const agentWay = z.enum(['headless', 'terminal']);
export type AgentWay = z.infer<typeof agentWay>;

/** `model` and `effort` are the backend's own words; null means the backend's default. */
export const agentChoice = z.strictObject({
  agent: z.string().min(1).max(64),
  model: z.string().min(1).max(128).nullable(),
  effort: z.string().min(1).max(32).nullable(),
  /** Left out: headless. */
  way: agentWay.optional(),
});
export type AgentChoice = z.infer<typeof agentChoice>;

/** What a backend can do. Code asks for a capability, never for a name. */
export const capabilities = z.object({
  /** Runs a process of its own, which is recorded and reaped. */
  process: z.boolean(),
  /** Can continue an earlier session with its memory. */
  resume: z.boolean(),
  /** Can stop a turn without ending the session. */
  interrupt: z.boolean(),
  /** Asks before it acts, through our approval channel. */
  approvals: z.boolean(),
  /** Calls our tools over MCP. */
  mcp: z.boolean(),
  /** A session can run in a terminal that a person sees and types in. */
  terminal: z.boolean(),
  /** Takes a message while a turn is under way, without ending it. */
  steering: z.boolean(),
  /** Takes images with a prompt. */
  images: z.boolean(),
  /** Reports tokens and cost. */
  usage: z.boolean(),
  /** The clocks of a turn apply. Not where a person or another program works in its own time. */
  clocked: z.boolean(),
  /** Models to offer; any other text is passed on, too. */
  models: z.array(z.string()),
  /** Efforts that can be chosen; empty where there is no such choice. */
  efforts: z.array(z.string()),
  /** The command that continues a session in a terminal when the session’s id is added; null where there is none. */
  resumeCommand: z.array(z.string()).nullable(),
});
export type Capabilities = z.infer<typeof capabilities>;

/** What was found when the backend's program was looked for. `problem` and `hint` are sentences for a person. */
export const probe = z.object({
  available: z.boolean(),
  program: z.string().nullable(),
  /** How it was found, to stand behind its path; null or left out where there is no choice. */
  why: z.string().nullable().optional(),
  version: z.string().nullable(),
  /** `unknown` where only a request to the model would tell. */
  login: z.enum(['yes', 'no', 'unknown', 'not-needed']),
  problem: z.string().nullable(),
  hint: z.string().nullable(),
  /** What to run in a terminal to solve the problem, such as an installer; null or left out where there is no such command. */
  remedy: z.string().nullable().optional(),
});
export type Probe = z.infer<typeof probe>;

/** A usage limit that an agent has reached: none of its tasks starts before it lifts. */
export const agentLimit = z.object({
  /** Milliseconds since 1970. */
  until: z.number(),
  /** What the agent said. */
  words: z.string(),
});
export type AgentLimit = z.infer<typeof agentLimit>;

export const agent = z.object({
  name: z.string(),
  /** What people call it. */
  title: z.string(),
  /** Not offered to people; they may still name it. */
  internal: z.boolean(),
  /** Comes with Drover: nothing has to be installed for it. */
  builtIn: z.boolean(),
  description: z.string(),
  backend: z.string(),
  model: z.string().nullable(),
  effort: z.string().nullable(),
  capabilities,
  /** The usage limit that holds its tasks; absent where none does. */
  limit: agentLimit.optional(),
});
export type Agent = z.infer<typeof agent>;

export const agentDetail = agent.extend({ probe });
export type AgentDetail = z.infer<typeof agentDetail>;
