import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ApprovalView } from '../../contract/approval/state.ts';
import { beginning } from '../../contract/text.ts';
import { partsOf, type Question } from './autonomy.ts';
import { fileUse, nameFile, shortPath } from './files.ts';
import type { JudgeContext } from './judge.ts';
import { kindOf, readPlan, readQuestions } from './kind.ts';
import { marksOf } from './marks.ts';
import { LONGEST_PATH } from './shell/paths.ts';
import { shown } from './shell/scope.ts';

/** So much of a text is shown, in UTF-16 units. */
const SHOWN = 64 * 1024;
const MOST_FIELDS = 50;
const MOST_QUESTIONS = 20;

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

function titleOf({ tool, input }: Question, context: JudgeContext): string {
  const kind = kindOf(tool, input);
  if (kind === 'plan') return readPlan(input) === null ? 'The agent sent no plan' : 'Approve a plan';
  if (kind === 'question') {
    const count = readQuestions(input)?.length ?? 1;
    return count === 1 ? 'Answer a question' : `Answer ${count} questions`;
  }
  const path = shown(pathOf(input, context));
  switch (tool) {
    case 'Bash':
      return subject('Run', input.command, 'a command');
    case 'Read':
    case 'NotebookRead':
      return `Read ${path}`;
    case 'LS':
      return `List ${path}`;
    case 'Glob':
      return subject('Find files', input.pattern, '');
    case 'Grep':
      return subject('Search for', input.pattern, 'a text');
    case 'Write':
      return `Write ${path}`;
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
      return `Edit ${path}`;
    case 'WebFetch':
      return subject('Fetch', input.url, 'an address');
    case 'WebSearch':
      return subject('Search the web for', input.query, 'something');
    case 'Agent':
    case 'Task':
      return subject('Start a subagent:', input.description, 'without a description');
    case 'Skill':
      return subject('Use the skill', input.skill ?? input.command, 'without a name');
  }
  const [, server, name] = /^mcp__(.+?)__(.+)$/s.exec(tool.slice(0, 400)) ?? [];
  return server && name ? `Use ${shown(name, 60)} of ${shown(server, 60)}` : `Use ${shown(tool, 120)}`;
}

function subject(verb: string, value: unknown, otherwise: string): string {
  const text = typeof value === 'string' ? value.slice(0, SHOWN).trimStart() : '';
  const end = text.search(/\n/);
  const line = end < 0 ? text : `${text.slice(0, end)} …`;
  return `${verb} ${line.trim() === '' ? otherwise : shown(line)}`.trimEnd();
}

function viewOf(question: Question, context: JudgeContext): ApprovalView {
  const { tool, input } = question;
  const kind = kindOf(tool, input);
  if (kind === 'question') return { type: 'question', questions: questionsOf(input) };
  if (kind === 'plan') {
    const { text, cut } = cutText(readPlan(input) ?? '');
    return { type: 'plan', markdown: text, cut };
  }
  if (tool === 'Bash' && typeof input.command === 'string') {
    const { text, cut } = cutText(input.command);
    const parts = partsOf({ command: input.command }, context);
    return { type: 'command', command: text, cut, marks: marksOf(text, typeof parts === 'string' ? [] : parts) };
  }
  if (fileUse(tool) === 'write') return editOf(tool, input, context) ?? fieldsOf(input);
  const onlyPath = Object.keys(input).every((key) => /^(file_path|path|notebook_path|offset|limit)$/.test(key));
  if (fileUse(tool) === 'read' && onlyPath) return { type: 'file', path: pathOf(input, context) };
  return fieldsOf(input);
}

function editOf(tool: string, input: Record<string, unknown>, context: JudgeContext): ApprovalView | null {
  const path = pathOf(input, context);
  const edit = (before: string | null, after: string): ApprovalView => {
    const [old, next] = [before === null ? null : cutText(before), cutText(after)];
    return { type: 'edit', path, before: old?.text ?? null, after: next.text, cut: next.cut || (old?.cut ?? false) };
  };
  if (tool === 'Write')
    return typeof input.content === 'string' ? edit(contentOf(input, context), input.content) : null;
  if (tool === 'NotebookEdit') return typeof input.new_source === 'string' ? edit(null, input.new_source) : null;
  const edits = tool === 'MultiEdit' && Array.isArray(input.edits) ? input.edits.slice(0, 200) : [input];
  const pairs = edits.map((one: unknown) => {
    const { old_string, new_string } = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {};
    return typeof old_string === 'string' && typeof new_string === 'string' ? { old_string, new_string } : null;
  });
  if (pairs.length === 0 || pairs.some((pair) => pair === null)) return null;
  const joined = (key: 'old_string' | 'new_string') =>
    pairs.map((pair) => pair?.[key].slice(0, SHOWN) ?? '').join('\n⋯\n');
  return edit(joined('old_string'), joined('new_string'));
}

/** The beginning of the file that a write replaces; null for a new one, and for one that is not the agent's to see. */
function contentOf(input: Record<string, unknown>, context: JudgeContext): string | null {
  const path = input.file_path ?? input.path;
  if (typeof path !== 'string' || path.length > LONGEST_PATH || path.includes('\0')) return null;
  const file = nameFile(path, 'write', context);
  if (typeof file === 'string' || (file.place !== 'inside' && file.place !== 'outside')) return null;
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

function questionsOf(input: Record<string, unknown>) {
  const questions = readQuestions(input) ?? [];
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
function pathOf(input: Record<string, unknown>, context: JudgeContext): string {
  const path = input.file_path ?? input.notebook_path ?? input.path;
  if (typeof path !== 'string') return 'the workspace';
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
