import type { AgentQuestion, ToolCall } from '../../../contract/run/tool-call.ts';

type Input = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const path = ({ file_path }: Input) => (file_path === undefined ? [] : [text(file_path)]);

/** The calls that the demo agent makes; it shows questions and plans of its own making only. */
const CALLS: ReadonlyMap<string, (title: string, input: Input) => ToolCall> = new Map([
  ['Bash', (title: string, { command }: Input) => field('command', { kind: 'command', title, command: text(command) })],
  [
    'Write',
    (title: string, input: Input) =>
      field('content', { kind: 'write', title, paths: path(input), change: { after: 'content' } }),
  ],
  [
    'Edit',
    (title: string, input: Input) =>
      field('new_string', {
        kind: 'edit',
        title,
        paths: path(input),
        change: { before: 'old_string', after: 'new_string' },
      }),
  ],
  ['WebFetch', (title: string, { url }: Input) => field('url', { kind: 'fetch', title, url: text(url) })],
  [
    'ExitPlanMode',
    (title: string, { plan }: Input) => ({ kind: 'plan', title, plan: text(plan)?.trim() ? text(plan) : null }),
  ],
  [
    'AskUserQuestion',
    (title: string, { questions }: Input) => ({
      kind: 'question',
      title,
      questions: Array.isArray(questions) ? (questions as AgentQuestion[]) : null,
    }),
  ],
]);

/** What a call of the demo agent is. Reports to Drover are named as the tools of its MCP server are. */
export function callOf(tool: string, input: Input): ToolCall {
  const known = CALLS.get(tool);
  if (known) return known(tool, input);
  return /^(item|task)_[a-z]+$/.test(tool) ? { kind: 'checklist', title: tool, tool } : { kind: 'other', title: tool };
}

const field = (name: string, call: ToolCall): ToolCall => ({ ...call, field: name });
