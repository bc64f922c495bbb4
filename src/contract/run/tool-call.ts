import * as z from 'zod';

/** A question that an agent has for a person, with the answers it suggests. */
export const agentQuestion = z.object({
  question: z.string(),
  header: z.string(),
  multiSelect: z.boolean(),
  options: z.array(z.object({ label: z.string(), description: z.string() })),
});
export type AgentQuestion = z.infer<typeof agentQuestion>;

/**
 * Where the input of a call holds what it changes: the members with the text before (left out where there is none) and
 * after, and the member that is a list of such changes, where there may be several.
 */
export const changeMembers = z.object({
  list: z.string().optional(),
  before: z.string().optional(),
  after: z.string(),
});
export type ChangeMembers = z.infer<typeof changeMembers>;

const every = {
  /** The agent's own name of the tool. */
  title: z.string(),
  /** The member of the input that a person would change, where one matters most. */
  field: z.string().optional(),
};
const files = {
  /** As the agent gave them, relative to the workspace or absolute; null for one that is no text. */
  paths: z.array(z.string().nullable()),
};
/** The input says more than which file it is. */
const more = { more: z.literal(true).optional() };

/**
 * What a call of a tool is, whatever the agent names its tools: said once, by the adapter of the agent's program. The
 * input stands beside it. What an adapter cannot read for sure is `other`, about which a person is asked.
 */
export const toolCall = z.discriminatedUnion('kind', [
  /** `command`: for a shell; null when it is no text. `unconfined`: outside the sandbox that the agent's program makes. */
  z.object({
    kind: z.literal('command'),
    ...every,
    command: z.string().nullable(),
    unconfined: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal('read'), ...every, ...files, ...more }),
  /** `paths` are also patterns of file names. `pattern` is what is looked for. */
  z.object({
    kind: z.literal('search'),
    ...every,
    ...files,
    ...more,
    of: z.enum(['folder', 'names', 'text']),
    pattern: z.string().nullable(),
  }),
  /** Changes a part of a file. */
  z.object({ kind: z.literal('edit'), ...every, ...files, change: changeMembers }),
  /** Makes a file or replaces all of it. */
  z.object({ kind: z.literal('write'), ...every, ...files, change: changeMembers }),
  /** Reaches for the network: an address, or a search of the web where there is a `query`. */
  z.object({
    kind: z.literal('fetch'),
    ...every,
    url: z.string().nullable(),
    query: z.string().nullable().optional(),
  }),
  /** A tool of an MCP server that is not Drover's. */
  z.object({ kind: z.literal('mcp'), ...every, server: z.string(), tool: z.string() }),
  /** A tool of Drover's own: what an agent reports with. */
  z.object({ kind: z.literal('checklist'), ...every, tool: z.string() }),
  /** What the subagent does is asked about call by call. */
  z.object({ kind: z.literal('subagent'), ...every, about: z.string().nullable() }),
  z.object({ kind: z.literal('plan'), ...every, plan: z.string().nullable() }),
  /** `questions` is null where one cannot be read. */
  z.object({ kind: z.literal('question'), ...every, questions: z.array(agentQuestion).nullable() }),
  /**
   * `harmless`: it touches the agent's own lists and state alone, or what it starts is asked about call by call. `verb`
   * and `about` say in plain words what it does.
   */
  z.object({
    kind: z.literal('other'),
    ...every,
    harmless: z.literal(true).optional(),
    verb: z.string().optional(),
    about: z.string().nullable().optional(),
  }),
]);
export type ToolCall = z.infer<typeof toolCall>;
export type ToolCallKind = ToolCall['kind'];
export type CallOf<Kind extends ToolCallKind> = Extract<ToolCall, { kind: Kind }>;

/** What a call does with the files it names; null for one that is not about files by itself. */
export function fileUse(kind: ToolCallKind): 'read' | 'write' | null {
  if (kind === 'read' || kind === 'search') return 'read';
  return kind === 'edit' || kind === 'write' ? 'write' : null;
}
