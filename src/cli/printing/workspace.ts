import type { WorkspaceDetail } from '../../contract/workspace/state.ts';
import { dateTime, plural } from './measure.ts';
import type { Style } from './paint.ts';
import { safeLine } from './sanitise.ts';
import { fields, table } from './table.ts';
import type { View } from './view.ts';

const STYLES: Record<WorkspaceDetail['condition'], Style> = {
  clean: 'green',
  dirty: 'yellow',
  missing: 'red',
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
      { text: `${workspace.ahead}${workspace.merged && workspace.ahead > 0 ? ' merged' : ''}` },
      { text: `+${workspace.diff.insertions} -${workspace.diff.deletions}` },
      { text: safeLine(workspace.branch) },
    ]),
  );
}

export function workspaceLines(view: View, workspace: WorkspaceDetail): string[] {
  const { diff, uncommitted } = workspace;
  const changed = `${plural(diff.files, 'file')}, +${diff.insertions} -${diff.deletions}`;
  const state = [
    view.paint(STYLES[workspace.condition], workspace.condition),
    ...(uncommitted > 0 ? [`${plural(uncommitted, 'file')} not committed`] : []),
  ];
  return [
    view.paint('bold', workspace.id),
    '',
    ...fields(view, [
      ['State', state.join(', ')],
      ['Path', safeLine(workspace.path)],
      ['Branch', safeLine(workspace.branch)],
      [
        'Base',
        [workspace.baseBranch, workspace.baseCommit.slice(0, 12)]
          .filter((word) => word !== null)
          .map(safeLine)
          .join(' at '),
      ],
      [
        'Commits',
        `${workspace.ahead}${workspace.ahead > 0 ? (workspace.merged ? ', all merged' : ', not all merged') : ''}`,
      ],
      ['Changed', changed],
      ['Kept', workspace.kept === null ? null : safeLine(workspace.kept)],
      ['Made', dateTime(workspace.createdAt)],
    ]),
  ];
}
