import type { ToolCall } from '../../../../contract/run/tool-call.ts';
import { visibleLine } from '../../../../contract/text.ts';
import { callName, relativeTo, tellingArgument, toolInput } from '../../../../contract/words/tool.ts';
import { labels } from '../labels.ts';
import type { WorkRow } from './fold-work.logic.ts';
import { type FileEdit, fileEdit } from './tool.logic.ts';

/** A call as a person would tell it. */
export interface Intent {
  /** What the agent says it is for, or what it does: `Run the unit tests`, `Edited`. */
  words: string;
  /** The command, path, address or words it is about; may be empty. */
  about: string;
}

const LONGEST_PURPOSE = 100;
type Verb = keyof typeof labels.call.done;

function verbOf(call: ToolCall): Verb {
  switch (call.kind) {
    case 'search':
      return call.of === 'folder' ? 'listed' : call.of === 'names' ? 'searchedNames' : 'searched';
    case 'fetch':
      return call.query ? 'web' : 'fetch';
    case 'other':
      return call.harmless && !call.about ? 'own' : 'other';
    default:
      return call.kind;
  }
}

/** What a call does, in words; `input` is its JSON text, which may be cut; paths as seen from `root`. */
export function intentOf(call: ToolCall, input: string, root: string | null, done: boolean): Intent {
  const verb = verbOf(call);
  const words: string = labels.call[done ? 'done' : 'running'][verb];
  const about = tellingArgument(call, input, root);
  switch (verb) {
    case 'command':
      return { words: purposeOf(input) ?? words, about };
    case 'mcp':
      return { words: `${words} ${callName(call)}`, about };
    case 'other':
      if (call.kind === 'other' && call.verb) return { words: visibleLine(call.verb, LONGEST_PURPOSE), about };
      return { words: `${words} ${callName(call)}`, about };
    case 'plan':
    case 'question':
    case 'checklist':
    case 'own':
      return { words, about: '' };
    default:
      return { words, about };
  }
}

/** What an agent says a command is for. */
function purposeOf(input: string): string | null {
  const words = toolInput(input)?.description;
  return typeof words === 'string' && words.trim() !== '' ? visibleLine(words, LONGEST_PURPOSE) : null;
}

const edits = new WeakMap<object, FileEdit | null>();

/** What a call does to a file, reckoned once; see `fileEdit`. */
export function editOf({ call, input }: { call: ToolCall; input: { text: string } }): FileEdit | null {
  let edit = edits.get(input);
  if (edit === undefined) {
    edit = fileEdit(call, input.text);
    edits.set(input, edit);
  }
  return edit;
}

export interface WorkSum {
  /** `Edited 6 files, ran 2 commands`. */
  words: string;
  failed: number;
  added: number;
  removed: number;
  /** Milliseconds, of the calls that are over. */
  took: number;
}

/** What calls that follow each other did, in one sentence. */
export function sumWork(rows: readonly WorkRow[], root: string | null): WorkSum {
  const edited = new Set<string>();
  const read = new Set<string>();
  const servers = new Map<string, number>();
  const sum = { failed: 0, added: 0, removed: 0, took: 0 };
  const count = { command: 0, search: 0, fetch: 0, other: 0 };
  for (const row of rows) {
    if (row.kind !== 'tool') continue;
    const { call, result } = row;
    sum.took += result?.durationMs ?? 0;
    if (result?.ok === false) sum.failed += 1;
    const path = 'paths' in call ? visibleLine(relativeTo(row.root ?? root, call.paths[0] ?? ''), 60) : '';
    switch (call.kind) {
      case 'edit':
      case 'write': {
        edited.add(path);
        const edit = result?.ok === false ? null : editOf(row);
        sum.added += edit?.added ?? 0;
        sum.removed += edit?.removed ?? 0;
        break;
      }
      case 'read':
        read.add(path);
        break;
      case 'mcp':
        servers.set(call.server, (servers.get(call.server) ?? 0) + 1);
        break;
      case 'command':
      case 'search':
      case 'fetch':
        count[call.kind] += 1;
        break;
      default:
        count.other += 1;
    }
  }
  const { work } = labels;
  const parts = [
    edited.size > 0 && work.edited(edited.size, onlyOf(edited)),
    count.command > 0 && work.ran(count.command),
    read.size > 0 && work.read(read.size, onlyOf(read)),
    count.search > 0 && work.searched(count.search),
    count.fetch > 0 && work.fetched(count.fetch),
    ...[...servers].map(([server, n]) => work.used(visibleLine(server, 40), n)),
    count.other > 0 && work.other(count.other),
  ].filter((part) => part !== false);
  const words = parts.join(', ');
  return { words: words.charAt(0).toUpperCase() + words.slice(1), ...sum };
}

function onlyOf(names: ReadonlySet<string>): string | null {
  const [only] = names;
  return names.size === 1 && only ? only : null;
}
