import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ApprovalView } from '../../contract/approval/state.ts';
import { changesIn } from '../../contract/run/changes.ts';
import type { AgentQuestion, CallOf, ToolCall } from '../../contract/run/tool-call.ts';
import { beginning } from '../../contract/text.ts';
import { partsOf, type Question } from './judge/autonomy.ts';
import { nameFile, shortPath } from './judge/files.ts';
import type { JudgeContext } from './judge/judge.ts';
import { marksOf } from './marks.ts';
import { LONGEST_PATH } from './shell/paths.ts';
import { shown } from './shell/reach.ts';

/** So much of a text is shown, in UTF-16 units. */
const SHOWN = 64 * 1024;
const MOST_FIELDS = 50;
const MOST_QUESTIONS = 20;
const MOST_CHANGES = 200;

/**
 * A tool call for a person: one line in plain words, and what will happen, which is made when it is asked for. Safe for
 * any input, and quick for a long one.
 */
export function describe(question: Question, context: JudgeContext): { title: string; readonly view: ApprovalView } {
  return {
    title: titleOf(question, context),
    get view() {
      return viewOf(question, context);
    },
  };
}

function titleOf({ call }: Question, context: JudgeContext): string {
  switch (call.kind) {
    case 'plan':
      return call.plan === null ? 'The agent sent no plan' : 'Approve a plan';
    case 'question': {
      if (call.questions === null) break;
      const count = call.questions.length;
      return count === 1 ? 'Answer a question' : `Answer ${count} questions`;
    }
    case 'command':
      return subject('Run', call.command, 'a command');
    case 'read':
      return `Read ${shown(pathOf(call, context))}`;
    case 'search':
      return titleOfSearch(call, context);
    case 'write':
      return `Write ${shown(pathOf(call, context))}`;
    case 'edit':
      return `Edit ${shown(pathOf(call, context))}`;
    case 'fetch':
      return call.query === undefined
        ? subject('Fetch', call.url, 'an address')
        : subject('Search the web for', call.query, 'something');
    case 'subagent':
      return subject('Start a subagent:', call.about, 'without a description');
    case 'checklist':
      return `Use ${shown(call.tool, 60)} of drover`;
    case 'mcp':
      return `Use ${shown(call.tool.slice(0, 400), 60)} of ${shown(call.server, 60)}`;
    case 'other':
      if (call.verb !== undefined) return subject(call.verb, call.about ?? null, 'without a name');
  }
  return `Use ${shown(call.title, 120)}`;
}

function titleOfSearch(call: CallOf<'search'>, context: JudgeContext): string {
  if (call.of === 'folder') return `List ${shown(pathOf(call, context))}`;
  return call.of === 'names' ? subject('Find files', call.pattern, '') : subject('Search for', call.pattern, 'a text');
}

function subject(verb: string, value: string | null, otherwise: string): string {
  const text = (value ?? '').slice(0, SHOWN).trimStart();
  const end = text.search(/\n/);
  const line = end < 0 ? text : `${text.slice(0, end)} …`;
  return `${verb} ${line.trim() === '' ? otherwise : shown(line)}`.trimEnd();
}

function viewOf({ call, input }: Question, context: JudgeContext): ApprovalView {
  switch (call.kind) {
    case 'question':
      return call.questions === null ? fieldsOf(input) : { type: 'question', questions: shortened(call.questions) };
    case 'plan': {
      const { text, cut } = cutText(call.plan ?? '');
      return { type: 'plan', markdown: text, cut };
    }
    case 'command': {
      if (call.command === null) return fieldsOf(input);
      const { text, cut } = cutText(call.command);
      const parts = partsOf({ command: call.command }, context);
      return { type: 'command', command: text, cut, marks: marksOf(text, typeof parts === 'string' ? [] : parts) };
    }
    case 'edit':
    case 'write':
      return editOf(call, input, context) ?? fieldsOf(input);
    case 'read':
    case 'search':
      return call.more ? fieldsOf(input) : { type: 'file', path: pathOf(call, context) };
    default:
      return fieldsOf(input);
  }
}

function editOf(
  call: CallOf<'edit' | 'write'>,
  input: Record<string, unknown>,
  context: JudgeContext,
): ApprovalView | null {
  const changes = changesIn(input, call.change, MOST_CHANGES);
  if (changes === null) return null;
  const joined = (texts: string[]) => texts.map((text) => text.slice(0, SHOWN)).join('\n⋯\n');
  const befores = changes.flatMap(({ before }) => (before === null ? [] : [before]));
  const before = call.kind === 'write' ? contentOf(call, context) : befores.length === 0 ? null : joined(befores);
  const [only, ...others] = changes;
  const after = only && others.length === 0 ? only.after : joined(changes.map((change) => change.after));
  const [old, next] = [before === null ? null : cutText(before), cutText(after)];
  const path = pathOf(call, context);
  return { type: 'edit', path, before: old?.text ?? null, after: next.text, cut: next.cut || (old?.cut ?? false) };
}

/** The beginning of the file that a write replaces; null for a new one, and for one that is not the agent's to see. */
function contentOf({ paths }: CallOf<'write'>, context: JudgeContext): string | null {
  const [path = null] = paths;
  if (path === null || path.length > LONGEST_PATH || path.includes('\0')) return null;
  const file = nameFile(path, 'write', context);
  if (typeof file === 'string' || (file.zone !== 'inside' && file.zone !== 'outside')) return null;
  try {
    const opened = openSync(file.real, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!fstatSync(opened).isFile()) return null;
      const buffer = Buffer.alloc(SHOWN + 1);
      return buffer.toString('utf8', 0, readSync(opened, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(opened);
    }
  } catch {
    return null;
  }
}

function shortened(questions: readonly AgentQuestion[]): AgentQuestion[] {
  return questions.slice(0, MOST_QUESTIONS).map(({ question, header, multiSelect, options }) => ({
    question: cutText(question, 4096).text,
    header: cutText(header, 200).text,
    multiSelect,
    options: options.slice(0, MOST_FIELDS).map(({ label, description }) => ({
      label: cutText(label, 1000).text,
      description: cutText(description, 4096).text,
    })),
  }));
}

/** The path of a call, short where it is in the workspace. */
function pathOf(call: ToolCall, context: JudgeContext): string {
  const [path = null] = 'paths' in call ? call.paths : [];
  if (path === null) return 'the workspace';
  if (path.length > LONGEST_PATH || path.includes('\0')) return cutText(path, LONGEST_PATH).text;
  const file = nameFile(path, 'write', context);
  // Where it really is says more than what it is called.
  return typeof file === 'string' ? path : shortPath(file.real, context.workspace);
}

function fieldsOf(input: Record<string, unknown>): ApprovalView {
  const entries = Object.entries(input);
  let left = SHOWN;
  let cut = entries.length > MOST_FIELDS;
  const fields = entries.slice(0, MOST_FIELDS).map(([name, value]) => {
    const whole = typeof value === 'string' ? value : briefly(value, left);
    const { text, cut: shortened } = cutText(whole, left);
    left = Math.max(0, left - text.length);
    cut ||= shortened;
    return { name: cutText(name, 200).text, value: text };
  });
  return { type: 'other', fields, cut };
}

/** A value as JSON text of which at least the beginning is there, however large it is. */
function briefly(value: unknown, max: number): string {
  let budget = max * 2;
  const text = JSON.stringify(
    value,
    (_, inner: unknown) => {
      if (budget <= 0) return undefined;
      budget -= 8;
      if (Array.isArray(inner)) return inner.slice(0, 1_000);
      if (typeof inner !== 'string') return inner;
      budget -= inner.length;
      return inner.slice(0, max);
    },
    2,
  );
  return text ?? String(value);
}

function cutText(text: string, max = SHOWN): { text: string; cut: boolean } {
  return { text: beginning(text, max), cut: text.length > max };
}
