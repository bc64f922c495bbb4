import type { ChangedFile } from '../../contract/workspace/state.ts';
import type { Style } from './paint.ts';
import { safeLine } from './sanitise.ts';
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
