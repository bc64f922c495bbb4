import type { DiffLine, FileChange, Hunk } from '../../contract/workspace/diff.ts';

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/s;
const KINDS: Readonly<Record<string, DiffLine['kind']>> = { '+': 'added', '-': 'removed', ' ': 'same' };

/** What `git diff` without colours printed, as structure; also a part of it, cut after any line. */
export function parseDiff(text: string): FileChange[] {
  const files: FileChange[] = [];
  let file: FileChange | null = null;
  let hunk: Hunk | null = null;
  let left = { before: 0, after: 0 };
  for (const line of linesOf(text)) {
    const kind = KINDS[line.charAt(0) || ' '];
    if (hunk && kind && left.before + left.after > 0) {
      hunk.lines.push({ kind, text: line.slice(1) });
      if (kind !== 'added') left.before -= 1;
      if (kind !== 'removed') left.after -= 1;
      continue;
    }
    const last = hunk?.lines.at(-1);
    if (last && line.startsWith('\\')) {
      last.unended = true;
      continue;
    }
    const found = file && hunkOf(line);
    if (file && found) {
      hunk = found;
      left = { before: found.before.lines, after: found.after.lines };
      file.hunks.push(found);
      continue;
    }
    if (!file || hunk || line.startsWith('diff --git ')) {
      file = emptyFile();
      files.push(file);
      hunk = null;
    }
    readHeader(file, line);
  }
  return files;
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function hunkOf(line: string): Hunk | null {
  const [, before, beforeLines = '1', after, afterLines = '1', heading = ''] = HUNK.exec(line) ?? [];
  if (before === undefined || after === undefined) return null;
  return {
    before: { line: Number(before), lines: Number(beforeLines) },
    after: { line: Number(after), lines: Number(afterLines) },
    heading,
    lines: [],
  };
}

function emptyFile(): FileChange {
  const unknown = { oldPath: null, newPath: null, oldMode: null, newMode: null };
  return { status: 'noted', ...unknown, binary: false, notes: [], header: [], hunks: [] };
}

/** Takes in what git says of a file before its lines. */
function readHeader(file: FileChange, line: string): void {
  file.header.push(line);
  const value = (of: string) => (line.startsWith(of) ? line.slice(of.length) : null);
  const names = value('diff --git ');
  if (names !== null) {
    file.status = 'modified';
    // Both are the same unless it was renamed, and then they are said once more.
    file.oldPath = sameName(names);
    file.newPath = file.oldPath;
    return;
  }
  const mode = /^(new file|deleted file|old|new) mode (\d+)$/.exec(line);
  const index = /^index [0-9a-f]+\.\.[0-9a-f]+(?: (\d+))?$/.exec(line);
  const from = value('rename from ');
  const to = value('rename to ');
  if (mode) readMode(file, mode[1] ?? '', mode[2] ?? '');
  else if (index) {
    file.oldMode ??= file.status === 'added' ? null : (index[1] ?? null);
    file.newMode ??= file.status === 'deleted' ? null : (index[1] ?? null);
  } else if (from !== null) {
    file.status = 'renamed';
    file.oldPath = unquoted(from);
  } else if (to !== null) file.newPath = unquoted(to);
  else if (line.startsWith('Binary files ')) file.binary = true;
  else if (!/^(--- |\+\+\+ |(dis)?similarity index )/.test(line)) file.notes.push(line);
}

function readMode(file: FileChange, what: string, mode: string): void {
  if (what === 'new file') Object.assign(file, { status: 'added', oldPath: null, newMode: mode });
  else if (what === 'deleted file') Object.assign(file, { status: 'deleted', newPath: null, oldMode: mode });
  else if (what === 'old') file.oldMode = mode;
  else file.newMode = mode;
}

/** The name in `a/name b/name`; each half may be quoted. */
function sameName(names: string): string {
  const half = names.slice(0, (names.length - 1) / 2);
  return unquoted(half).slice(2);
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** A name as git quotes it, in the way of C, where it holds anything unusual. */
function unquoted(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: Buffer[] = [];
  for (const [, octal, letter, plain] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    else if (letter !== undefined) bytes.push(Buffer.from([ESCAPES[letter] ?? letter.charCodeAt(0)]));
    else bytes.push(Buffer.from(plain ?? ''));
  }
  return Buffer.concat(bytes).toString('utf8');
}
