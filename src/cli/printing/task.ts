import type { Project } from '../../contract/project/state.ts';
import { type Stated, stateOf, type TaskState } from '../../contract/task/derive.ts';
import type { Task, TaskOutcome, TaskStatus, TaskSummary } from '../../contract/task/state.ts';
import { revealHidden } from '../../contract/text.ts';
import { quoteCommand } from '../../contract/words/argv.ts';
import { landedOnWords } from '../../contract/words/landing.ts';
import { limitsWords } from '../../contract/words/limit.ts';
import { age, cost, dateTime, duration, plural, tokens } from '../../contract/words/measure.ts';
import { QUEUED_WORDS, whenSent } from '../../contract/words/message.ts';
import { describeEnd, stateReason, stateWord } from '../../contract/words/state.ts';
import { checklistLines } from './item.ts';
import { messageLines } from './message.ts';
import type { Style } from './paint.ts';
import { safeBlock, safeLine } from './sanitise.ts';
import { type Cell, fields, table } from './table.ts';
import type { View } from './view.ts';

const STATE_STYLES: Record<TaskState, Style> = {
  draft: 'dim',
  queued: 'yellow',
  starting: 'cyan',
  working: 'cyan',
  waiting: 'yellow',
  taken: 'yellow',
  stopping: 'cyan',
  blocked: 'yellow',
  unblocked: 'yellow',
  stopped: 'dim',
  finished: 'green',
  done: 'dim',
  failed: 'red',
};

export function statusCell(task: Stated): Cell {
  return { text: stateWord(task), style: STATE_STYLES[stateOf(task)] };
}

/** Tasks as a table, in the order given. */
export function taskTable(view: View, tasks: readonly TaskSummary[], projects: readonly Project[]): string[] {
  const names = new Map(projects.map(({ id, name }) => [id, safeLine(name)]));
  return table(
    view,
    [
      { title: 'ID' },
      { title: 'STATUS' },
      { title: 'ITEMS', align: 'right' },
      { title: 'AGE', align: 'right' },
      { title: 'COST', align: 'right' },
      { title: 'PROJECT' },
      { title: 'TITLE', flexible: true },
    ],
    tasks.map((task) => [
      { text: task.id },
      statusCell(task),
      { text: task.items.total === 0 ? '' : `${task.items.completed}/${task.items.total}` },
      { text: age(task.createdAt, view.now) },
      { text: cost(task.costUsd) },
      { text: names.get(task.projectId) ?? task.projectId },
      { text: safeLine(task.waiting ? `${task.title} · ${task.waiting.words}` : task.title) },
    ]),
  );
}

/** How a task ended and what can be done about it, a line each. */
export function outcomeLines(view: View, status: TaskStatus, outcome: TaskOutcome | null): string[] {
  if (outcome === null || (status !== 'completed' && status !== 'failed' && status !== 'cancelled')) return [];
  const style = status === 'completed' ? 'green' : status === 'failed' ? 'red' : 'yellow';
  const head = view.paint(style, safeLine(describeEnd(status, outcome)));
  return [head, ...(outcome.hint ? [safeLine(outcome.hint)] : [])];
}

/** All of a task on one screen: where it stands, what it may do, the goal and the checklist. */
export function taskLines(view: View, task: Task, project: Project | null): string[] {
  const { agent, limits, run } = task;
  const status = [
    view.paint(STATE_STYLES[stateOf(task)], stateWord(task)),
    safeLine((task.outcome ? null : stateReason(task)) ?? ''),
  ].filter(Boolean);
  const runWords = run
    ? [
        `${run.no} (${run.mode})`,
        plural(run.turns, 'turn'),
        `${run.retriesSpent} of ${plural(limits.maxRetries, 'retry', 'retries')} spent`,
        duration((run.settledAt ?? view.now) - run.startedAt),
      ].join(', ')
    : null;
  return [
    `${view.paint('bold', task.id)}  ${safeLine(task.title)}`,
    '',
    ...fields(view, [
      ['Status', status.join(', ')],
      [
        'Outcome',
        task.outcome
          ? [safeLine(task.outcome.words), ...(task.outcome.hint ? [safeLine(task.outcome.hint)] : [])]
          : null,
      ],
      ['Project', project ? `${safeLine(project.name)} (${project.id})` : task.projectId],
      [
        'Agent',
        [agent.agent, agent.model, agent.effort, agent.way === 'terminal' ? 'in a terminal' : null]
          .filter((word) => word !== null)
          .map(safeLine)
          .join(', '),
      ],
      ['Autonomy', task.autonomy],
      ['Limits', limitsWords(limits)],
      ['Priority', task.schedule?.priority ?? null],
      ['Starts', task.schedule?.startAt === undefined ? null : `not before ${dateTime(task.schedule.startAt)}`],
      ['After', afterWords(task)],
      ['Base', task.base === null ? null : safeLine(task.base)],
      ['Branch', task.workspace ? safeLine(task.workspace.branch) : null],
      ['Workspace', task.workspace ? safeLine(task.workspace.path) : null],
      ['Landed', task.landing ? safeLine(landedOnWords(task.landing)) : null],
      ['Run', runWords],
      ['Used', [tokens(task.usage), cost(task.costUsd)].filter(Boolean).join(', ')],
      ['Checks', task.checks.map((check) => safeLine(quoteCommand(check)))],
      ['Files', task.attachments.map(({ path }) => safeLine(path))],
      ['Waits for you', task.approvals.map(({ id, title }) => `${id}  ${safeLine(revealHidden(title))}`)],
      ['Messages', messageLines(task.messages).map((line) => `${line}  ${QUEUED_WORDS[whenSent(task)]}`)],
      ['Created', dateTime(task.createdAt)],
      ['Archived', task.archivedAt === null ? null : dateTime(task.archivedAt)],
    ]),
    '',
    view.paint('bold', 'Goal'),
    ...goalLines(task.goal).map((line) => `  ${line}`.trimEnd()),
    '',
    ...checklistLines(view, task.items),
  ];
}

function afterWords({ schedule }: Task): string | null {
  const after = schedule?.after;
  if (after === undefined) return null;
  const ids = after.taskIds.join(after.need === 'any' ? ' or ' : ', ');
  return [ids, ...(after.fromBranch ? ['from its branch'] : [])].join('; ');
}

const GOAL_LINES = 12;

function goalLines(goal: string): string[] {
  if (goal === '') return ['(none yet)'];
  const lines = safeBlock(goal).trim().split('\n');
  if (lines.length <= GOAL_LINES) return lines;
  return [...lines.slice(0, GOAL_LINES), `… ${plural(lines.length - GOAL_LINES, 'more line')}; --json has all`];
}

/** One line on a task that something was just done to. */
export function taskLine(view: View, task: Task): string {
  const waits = task.waiting ? ` (${safeLine(task.waiting.words)})` : '';
  return `${task.id}  ${view.paint(STATE_STYLES[stateOf(task)], stateWord(task))}${waits}  ${safeLine(task.title)}`;
}
