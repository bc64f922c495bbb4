// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is in the text of a program
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, it } from 'vitest';
import { TOOLS } from '../src/core/backends/claude/tool-call.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const TOOL_NAMES = new Set([...TOOLS.keys(), 'PowerShell', 'Monitor', 'Workflow'].map((name) => name.toLowerCase()));

/** Names that stand outside of the backends all the same, by file, and why. */
const EXCEPTIONS: Record<string, string[]> = {
  // The names that rules and old logs are written with, and what each means for every agent.
  'contract/approval/rule-tool.ts': [
    ...['askuserquestion', 'bash', 'edit', 'exitplanmode', 'glob', 'grep', 'ls', 'mcp__', 'multiedit', 'notebookedit'],
    ...['notebookread', 'read', 'webfetch', 'websearch', 'write'],
  ],
  // The setting with the program of an agent, and where it is shown, read and set for a project.
  'contract/settings/state.ts': ['claude'],
  'contract/settings/command-settings.ts': ['claude'],
  'core/core.ts': ['claude'],
  'daemon/checks/chosen.ts': ['claude'],
  'daemon/doctor.ts': ['claude'],
  'renderer/features/settings/setting-forms.ts': ['claude'],
  'renderer/features/settings/sections/project-labels.ts': ['claude'],
  'renderer/features/settings/sections/project-page.tsx': ['claude'],
  // What rules are written with, and what that means.
  'renderer/features/rules/labels.ts': ['bash', 'edit', 'mcp__', 'read', 'webfetch', 'websearch', 'write'],
  // An example in a text of help or of a message.
  'cli/tree/project.ts': ['claude'],
  'cli/commands/project/set.ts': ['claude'],
  // Variables that a command may not set for the programs below it.
  'core/approvals/shell/variables.ts': ['anthropic_', 'claude'],
  // Words of ours, of a shell or of a system that are spelled like a tool.
  'cli/printing/approval.ts': ['task'],
  'cli/printing/clean-up.ts': ['task'],
  'cli/printing/task.ts': ['agent'],
  'cli/printing/terminal.ts': ['task'],
  'contract/words/autonomy.ts': ['edit'],
  'core/approvals/shell/words.ts': ['glob'],
  'core/db/lock-holder.ts': ['write'],
  'desktop/openers.ts': ['powershell'],
  'renderer/features/board/labels.ts': ['agent'],
  'renderer/features/list/labels.ts': ['agent', 'task'],
  'renderer/features/new-task/labels.ts': ['agent'],
  'renderer/features/shell/labels.ts': ['task'],
  'renderer/features/task/labels.ts': ['agent', 'edit', 'read', 'task'],
};

/** What of a text names a tool, a variable or the program of an agent; a text with a capital, where it is a tool. */
function namesIn(text: string): string[] {
  if (/^[A-Z]/.test(text) && TOOL_NAMES.has(text.toLowerCase())) return [text];
  return text.match(/mcp__|claude|\bANTHROPIC_|codex|gemini|opencode/gi) ?? [];
}

/** The names in what a file says: its texts, patterns and members, but not its comments. */
function namesOf(path: string, source: string): string[] {
  const found: string[] = [];
  const see = (text: string) => void found.push(...namesIn(text));
  const { program, errors } = parseSync(path, source);
  expect(errors, path).toEqual([]);
  new Visitor({
    Literal(node) {
      if ('regex' in node) see(node.regex.pattern);
      else if (typeof node.value === 'string') see(node.value);
    },
    TemplateElement: (node) => see(node.value.raw),
    JSXText: (node) => see(node.value.trim()),
    Property(node) {
      if (node.key.type === 'Identifier') see(node.key.name);
    },
    MemberExpression(node) {
      if (!node.computed && node.property.type === 'Identifier') see(node.property.name);
    },
  }).visit(program);
  return [...new Set(found.map((name) => name.toLowerCase()))].sort();
}

it('no tool, variable or program of an agent is named outside of the backends', () => {
  const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('core/backends/'));
  const named = files.map((path) => [path, namesOf(path, readFileSync(join(SRC, path), 'utf8'))] as const);
  // As they are now, so that what is no longer needed leaves the list.
  expect(Object.fromEntries(named.filter(([, names]) => names.length > 0))).toEqual(EXCEPTIONS);
});

it.each([
  ["const a = question.tool === 'Bash';", ['bash']],
  ["if (backend === 'claude') x();", ['claude']],
  ['const a = env.CLAUDE_PID;', ['claude']],
  ['const a = { Bash: 1 };', ['bash']],
  ['const a = /^mcp__x/;', ['mcp__']],
  ['const a = `~/.claude/${b}`;', ['claude']],
  ["// 'Bash' of Claude\nconst bash = 'bash';", []],
])('%s names %j', (source, names) => {
  expect(namesOf('a.ts', source)).toEqual(names);
});
