import type { ChangedFile, FileDiff } from '../../contract/workspace/state.ts';
import type { Style } from './paint.ts';
import { safeBlock, safeLine } from './sanitise.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

const STYLES: Record<ChangedFile['status'], Style> = {
  added: 'green',
  untracked: 'green',
  modified: 'yellow',
  'type-changed': 'yellow',
  deleted: 'red',
  conflicted: 'red',
};

/** The files that differ from where the work began, with their lines. */
export function changesTable(view: View, files: readonly ChangedFile[]): string[] {
  if (files.length === 0) return [];
  return table(
    view,
    [{ title: 'STATUS' }, { title: 'LINES', align: 'right' }, { title: 'FILE', flexible: true }],
    files.map(({ path, status, insertions, deletions, lines }) => [
      { text: status, style: STYLES[status] },
      { text: lines === 'counted' ? `+${insertions ?? 0} -${deletions ?? 0}` : lines === 'binary' ? 'binary' : '' },
      { text: safeLine(path) },
    ]),
  );
}

/** A unified diff, coloured where the terminal takes colours. */
export function diffLines({ paint }: View, { text }: FileDiff): string[] {
  const shown = safeBlock(text).replace(/\n$/, '');
  if (shown === '') return [];
  return shown.split('\n').map((line) => {
    if (/^(diff |index |--- |\+\+\+ )/.test(line)) return paint('bold', line);
    if (line.startsWith('@@')) return paint('cyan', line);
    if (line.startsWith('+')) return paint('green', line);
    return line.startsWith('-') ? paint('red', line) : line;
  });
}
