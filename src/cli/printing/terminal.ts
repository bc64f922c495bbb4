import type { Terminal } from '../../contract/terminal/state.ts';
import { dateTime } from '../../contract/words/measure.ts';
import { safeLine } from './sanitise.ts';
import { fields, table } from './table.ts';
import type { View } from './view.ts';

export function terminalTable(view: View, terminals: readonly Terminal[]): string[] {
  return table(
    view,
    [{ title: 'ID' }, { title: 'NAME' }, { title: 'STATE' }, { title: 'FOLDER', flexible: true }],
    terminals.map((terminal) => [
      { text: terminal.id },
      { text: safeLine(terminal.name) },
      { text: safeLine(stateWords(terminal)) },
      { text: safeLine(terminal.folder) },
    ]),
  );
}

export function terminalLines(view: View, terminal: Terminal): string[] {
  return fields(view, [
    ['Terminal', `${terminal.id} ${safeLine(terminal.name)}`],
    ['State', safeLine(stateWords(terminal))],
    ['Title', safeLine(terminal.title ?? '')],
    ['Program', safeLine(terminal.program ?? '')],
    ['Folder', safeLine(terminal.folder)],
    ['Task', terminal.taskId],
    ['Project', terminal.projectId],
    ['Size', `${terminal.size.cols} × ${terminal.size.rows}`],
    ['Opened', dateTime(terminal.createdAt)],
  ]);
}

/** What became of the shell of a terminal, in words. */
export function stateWords({ state }: Pick<Terminal, 'state'>): string {
  if (state.kind === 'running') return 'running';
  if (state.kind === 'asleep') return 'starts when attached';
  return exitWords(state);
}

export function exitWords({ code, signal }: { code: number | null; signal: string | null }): string {
  return signal === null ? `ended with ${code}` : `ended by ${signal}`;
}
