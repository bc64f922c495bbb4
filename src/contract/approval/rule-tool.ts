import type { ToolCall, ToolCallKind } from '../run/tool-call.ts';

/** What the tool of a rule stands for, and what its pattern is about; null where only `*` is. */
export interface RuleTool {
  kind: ToolCallKind;
  about: 'command' | 'path' | 'address' | null;
}

/** The name that stands for commands in rules, and in the log for those that Drover runs for an agent. */
export const COMMAND_TOOL = 'Bash';
export const EDIT_TOOL = 'Edit';
export const FETCH_TOOL = 'WebFetch';

/**
 * The names that rules are written with. They are those of Claude Code, because rules of its tools were stored before
 * there were others; they mean the same for every agent.
 */
const RULE_TOOLS: ReadonlyMap<string, RuleTool> = new Map([
  [COMMAND_TOOL, { kind: 'command', about: 'command' }],
  ['Read', { kind: 'read', about: 'path' }],
  ['NotebookRead', { kind: 'read', about: 'path' }],
  ['LS', { kind: 'search', about: 'path' }],
  ['Glob', { kind: 'search', about: 'path' }],
  ['Grep', { kind: 'search', about: 'path' }],
  ['Write', { kind: 'write', about: 'path' }],
  [EDIT_TOOL, { kind: 'edit', about: 'path' }],
  ['MultiEdit', { kind: 'edit', about: 'path' }],
  ['NotebookEdit', { kind: 'edit', about: 'path' }],
  [FETCH_TOOL, { kind: 'fetch', about: 'address' }],
  ['WebSearch', { kind: 'fetch', about: null }],
  ['ExitPlanMode', { kind: 'plan', about: null }],
  ['AskUserQuestion', { kind: 'question', about: null }],
]);

/** Offered where a rule is written; any other name can be typed. */
export const OFFERED_TOOLS: readonly string[] = [
  COMMAND_TOOL,
  EDIT_TOOL,
  'Write',
  'Read',
  FETCH_TOOL,
  'WebSearch',
  '*',
];

/** What the tool that a rule names stands for; null for one that means a tool of that name alone, and for `*`. */
export function ruleTool(name: string): RuleTool | null {
  return RULE_TOOLS.get(name) ?? null;
}

/** The name by which rules know a call, whatever its agent calls the tool. */
export function ruleNameOf(call: ToolCall): string {
  const { kind, title } = call;
  if (kind === 'mcp') return `mcp__${call.server}__${call.tool}`;
  if (ruleTool(title)?.kind === kind) return title;
  if (kind === 'fetch') return call.query === undefined ? FETCH_TOOL : 'WebSearch';
  // Another thing of the same name; no rule can be written with a blank in its tool.
  return NAMES[kind] ?? (ruleTool(title) ? `${kind} ${title}` : title);
}

const NAMES: Partial<Record<ToolCallKind, string>> = {
  command: COMMAND_TOOL,
  read: 'Read',
  search: 'Grep',
  edit: EDIT_TOOL,
  write: 'Write',
};

/** How a tool is named in a rule, for a person who has named it otherwise. */
export const RULE_TOOL_HINT = `The tool of a rule is the name of a tool, such as ${COMMAND_TOOL} or ${EDIT_TOOL}, or mcp__server__*, or * for all.`;

/** Whether a text can be the tool of a rule. */
export function isRuleTool(text: string): boolean {
  return /^(\*|[A-Za-z][\w.-]*|mcp__[\w.-]+__\*)$/.test(text);
}

/** The MCP server of which a rule means every tool; null for another rule. */
export function ruleServer(tool: string): string | null {
  return /^mcp__(.+?)__\*$/.exec(tool)?.[1] ?? null;
}

/** Whether the tool of a rule is that of a call. `mcp__server__*` stands for every tool of a server. */
export function fitsCall({ tool }: { tool: string }, call: ToolCall): boolean {
  const name = ruleNameOf(call);
  if (tool === '*' || tool === name) return true;
  return /^mcp__.+\*$/.test(tool) && name.startsWith(tool.slice(0, -1));
}
