import type { AgentQuestion, ToolCall } from '../../../contract/run/tool-call.ts';
import { TOOL_SERVER } from './arguments.ts';
import { type Json, record, records, text } from './protocol.ts';

type Reader = (title: string, input: Json) => ToolCall;

/** Of paths that are given under several names, each counts. */
function pathsIn(input: Json, members: readonly string[]): (string | null)[] {
  return members.flatMap((member) =>
    input[member] === undefined || input[member] === null ? [] : [text(input[member])],
  );
}

const ONLY_PATH = /^(file_path|path|notebook_path|offset|limit)$/;
const more = (input: Json) =>
  Object.keys(input).every((member) => ONLY_PATH.test(member)) ? {} : { more: true as const };

const reading = (...members: string[]): Reader => {
  return (title, input) => ({ kind: 'read', title, paths: pathsIn(input, members), ...more(input) });
};
const searching = (of: 'folder' | 'names' | 'text', ...members: string[]): Reader => {
  return (title, input) => {
    const pattern = text(input.pattern);
    return { kind: 'search', title, paths: pathsIn(input, members), ...more(input), of, pattern };
  };
};
function changing(
  kind: 'edit' | 'write',
  members: readonly string[],
  change: { list?: string; before?: string; after: string },
): Reader {
  return (title, input) => ({ kind, title, paths: pathsIn(input, members), change });
}
const harmless: Reader = (title) => ({ kind: 'other', title, harmless: true });
const subagent: Reader = (title, { description }) => ({ kind: 'subagent', title, about: text(description) });

const FILE = ['file_path', 'path'];
const PAIR = { before: 'old_string', after: 'new_string' };

/** The tools of Claude Code, by their names. Of one that is not here nothing is known. */
export const TOOLS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'Bash',
    (title, { command, dangerouslyDisableSandbox }) => ({
      kind: 'command',
      title,
      command: text(command),
      ...(dangerouslyDisableSandbox === true ? { unconfined: true } : {}),
    }),
  ],
  ['Read', reading(...FILE)],
  ['NotebookRead', reading('notebook_path')],
  ['LS', searching('folder', 'path')],
  ['Glob', searching('names', 'path', 'pattern')],
  ['Grep', searching('text', 'path', 'glob')],
  ['Write', changing('write', FILE, { after: 'content' })],
  ['Edit', changing('edit', FILE, PAIR)],
  ['MultiEdit', changing('edit', FILE, { list: 'edits', ...PAIR })],
  ['NotebookEdit', changing('edit', ['notebook_path'], { after: 'new_source' })],
  ['WebFetch', (title, { url }) => ({ kind: 'fetch', title, url: text(url) })],
  ['WebSearch', (title, { query }) => ({ kind: 'fetch', title, url: null, query: text(query) })],
  ['ExitPlanMode', (title, { plan }) => ({ kind: 'plan', title, plan: readPlan(plan) })],
  ['AskUserQuestion', (title, { questions }) => ({ kind: 'question', title, questions: readQuestions(questions) })],
  ['Agent', subagent],
  ['Task', subagent],
  // What it starts is asked about call by call.
  [
    'Skill',
    (title, { skill, command }) => ({
      kind: 'other',
      title,
      harmless: true,
      verb: 'Use the skill',
      about: text(skill ?? command),
    }),
  ],
  // The agent's own lists and state.
  ['TodoWrite', harmless],
  ['TaskCreate', harmless],
  ['TaskGet', harmless],
  ['TaskList', harmless],
  ['TaskUpdate', harmless],
  ['TaskStop', harmless],
  ['TaskOutput', harmless],
  ['BashOutput', harmless],
  ['KillShell', harmless],
  ['ToolSearch', harmless],
  ['ListAgents', harmless],
  ['EnterPlanMode', harmless],
  ['ReportFindings', harmless],
]);

/** Not `mcp__drover__x__y`: that is a tool of a server of somebody else's, named `drover__x`. */
const OWN_TOOL = new RegExp(`^mcp__${TOOL_SERVER}__([a-z]+(?:_[a-z]+)*)$`);

/** Whether a tool is one of Drover's own: what an agent reports with. */
export function isOwnTool(tool: string): boolean {
  return OWN_TOOL.test(tool);
}

/** What a call of a tool of Claude Code is. Safe for any input: what cannot be read is null, or `other`. Pure. */
export function callOf(tool: string, input: Record<string, unknown>): ToolCall {
  const field = FIELDS.find((member) => text(input[member]) !== null);
  return { ...read(tool, input), ...(field === undefined ? {} : { field }) };
}

/** What a person changes most in an input, the first that is there. */
const FIELDS = ['command', 'content', 'new_string', 'url'];

function read(tool: string, input: Json): ToolCall {
  const own = OWN_TOOL.exec(tool)?.[1];
  if (own !== undefined) return { kind: 'checklist', title: tool, tool: own };
  const known = TOOLS.get(tool);
  if (known) return known(tool, input);
  const [, server, name] = /^mcp__(.+?)__(.+)$/s.exec(tool) ?? [];
  return server && name ? { kind: 'mcp', title: tool, server, tool: name } : { kind: 'other', title: tool };
}

function readPlan(value: unknown): string | null {
  const plan = text(value);
  return plan === null || plan.trim() === '' ? null : plan;
}

/** Null where there is no question, or one that is not well formed. */
function readQuestions(value: unknown): AgentQuestion[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const read = value.map(readQuestion);
  return read.every((one) => one !== null) ? read : null;
}

function readQuestion(value: unknown): AgentQuestion | null {
  const { question, header, multiSelect, options } = record(value);
  if (typeof question !== 'string' || question === '') return null;
  const read = records(options).flatMap(({ label, description }) =>
    typeof label === 'string' ? [{ label, description: text(description) ?? '' }] : [],
  );
  return { question, header: text(header) ?? '', multiSelect: multiSelect === true, options: read };
}
