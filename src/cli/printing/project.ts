import type { ListedProject, ProjectDetail } from '../../contract/project/state.ts';
import { quoteCommand } from '../../contract/words/argv.ts';
import { limitsWords } from '../../contract/words/limit.ts';
import { dateTime, plural } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { fields, table } from './table.ts';
import type { View } from './view.ts';

export function projectTable(view: View, projects: readonly ListedProject[]): string[] {
  return table(
    view,
    [{ title: 'ID' }, { title: 'NAME' }, { title: 'TRUSTED' }, { title: 'PATH', flexible: true }],
    projects.map(({ id, name, trusted, path, gone }) => [
      { text: id },
      { text: safeLine(name) },
      trusted ? { text: 'yes', style: 'green' } : { text: 'no', style: 'dim' },
      gone ? { text: `${safeLine(path)} (gone)`, style: 'red' } : { text: safeLine(path) },
    ]),
  );
}

const CONDITIONS: Record<ProjectDetail['condition'], string> = {
  ready: 'ready',
  missing: 'gone: put it back, or say where it is now with drover project set NAME --path FOLDER',
  'not-a-repository': 'not a repository: git does not know the folder',
  unreadable: 'unreadable: git cannot read it; it may be damaged, or the rights of this user do not suffice',
};

export function projectLines(view: View, project: ProjectDetail): string[] {
  const commands = (list: readonly (readonly string[])[]) => list.map((command) => safeLine(quoteCommand(command)));
  return [
    `${view.paint('bold', project.id)}  ${safeLine(project.name)}`,
    '',
    ...fields(view, [
      ['Path', safeLine(project.path)],
      ['Folder', view.paint(project.condition === 'ready' ? 'green' : 'red', CONDITIONS[project.condition])],
      ['Branch', project.currentBranch === null ? null : safeLine(project.currentBranch)],
      ['Trusted', project.trusted ? 'yes' : 'no: its own hooks, MCP servers and settings do not run'],
      ['Setup', commands(project.setup)],
      ['Copied', project.copy.map(safeLine)],
      ['Submodules', project.submodules ? 'initialized in new workspaces' : null],
      ['Checks', commands(project.checks)],
      ['Branch prefix', safeLine(project.branchPrefix)],
      [
        'Programs',
        Object.entries(project.programs ?? {}).map(([agent, argv]) => safeLine(`${agent}: ${quoteCommand(argv)}`)),
      ],
      ['At once', project.slots == null ? null : plural(project.slots, 'task')],
      ['Limits', limitsWords(project.limits ?? {})],
      ['Tasks', plural(project.taskCount, 'task')],
      ['Added', dateTime(project.addedAt)],
    ]),
  ];
}
