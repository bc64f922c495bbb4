import { dateTime, plural } from '../../contract/words/measure.ts';
import { commitWords, notHeldWords, sizeWords, strayWords, whereWords } from '../../contract/words/workspace.ts';
import type { WorkspaceDetail } from '../../contract/workspace/state.ts';
import type { Style } from './paint.ts';
import { safeLine } from './sanitise.ts';
import { fields, table } from './table.ts';
import type { View } from './view.ts';

const STYLES: Record<WorkspaceDetail['condition'], Style> = {
  clean: 'green',
  dirty: 'yellow',
  missing: 'red',
  unreadable: 'red',
  removing: 'cyan',
  removed: 'dim',
  making: 'cyan',
};

export function workspaceTable(view: View, workspaces: readonly WorkspaceDetail[]): string[] {
  return table(
    view,
    [
      { title: 'ID' },
      { title: 'STATE' },
      { title: 'COMMITS', align: 'right' },
      { title: 'CHANGES', align: 'right' },
      { title: 'BRANCH', flexible: true },
    ],
    workspaces.map((workspace) => [
      { text: workspace.id },
      { text: workspace.condition, style: STYLES[workspace.condition] },
      { text: safeLine(commitWords(workspace)) },
      { text: `${workspace.diff.uncounted > 0 ? '≥ ' : ''}+${workspace.diff.insertions} -${workspace.diff.deletions}` },
      { text: safeLine(branchOf(workspace)) },
    ]),
  );
}

function branchOf(workspace: WorkspaceDetail): string {
  const { branch, kept, checkedOut, ahead } = workspace;
  const stray = strayWords(workspace);
  if (stray !== null) return `${branch}; ${stray}`;
  const away = workspace.elsewhere.map(({ branches }) => branches[0] ?? 'no branch');
  if (checkedOut !== null && ahead === 0 && away.length > 0) return `${branch}; commits on ${away.join(', ')}`;
  return kept === null ? branch : `${branch}; kept: ${kept}`;
}

export function workspaceLines(view: View, workspace: WorkspaceDetail): string[] {
  const { uncommitted, problem } = workspace;
  const state = [
    view.paint(STYLES[workspace.condition], workspace.condition),
    ...(uncommitted > 0 ? [`${plural(uncommitted, 'file')} not committed`] : []),
  ];
  return [
    view.paint('bold', workspace.id),
    '',
    ...fields(view, [
      ['State', state.join(', ')],
      ['Problem', problem === null ? null : safeLine(problem)],
      ['Path', safeLine(workspace.path)],
      ['Branch', safeLine(workspace.branch)],
      ['Note', [...whereWords(workspace), ...notHeldWords(workspace)].map(safeLine)],
      [
        'Base',
        [workspace.baseBranch, workspace.baseCommit.slice(0, 12)]
          .filter((word) => word !== null)
          .map(safeLine)
          .join(' at '),
      ],
      ['Commits', safeLine(commitWords(workspace))],
      ['Changed', sizeWords(workspace.diff)],
      ['Kept', workspace.kept === null ? null : safeLine(workspace.kept)],
      ['Made', dateTime(workspace.createdAt)],
    ]),
  ];
}
