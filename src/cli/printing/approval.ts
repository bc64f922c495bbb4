import type { Approval, ApprovalDetail, ApprovalStatus, ApprovalView } from '../../contract/approval/state.ts';
import type { AgentQuestion } from '../../contract/run/tool-call.ts';
import { revealHidden } from '../../contract/text.ts';
import { deciderWords } from '../../contract/words/decided.ts';
import { age, dateTime } from '../../contract/words/measure.ts';
import { callName } from '../../contract/words/tool.ts';
import type { Style } from './paint.ts';
import { safeBlock, safeLine } from './sanitise.ts';
import { fields, table } from './table.ts';
import type { View } from './view.ts';

const STATUS_STYLES: Record<ApprovalStatus, Style> = {
  pending: 'yellow',
  allowed: 'green',
  denied: 'red',
  expired: 'dim',
  withdrawn: 'dim',
  unasked: 'red',
};

/** Approvals as a table, in the order given. */
export function approvalTable(view: View, approvals: readonly Approval[]): string[] {
  return table(
    view,
    [
      { title: 'ID' },
      { title: 'STATUS' },
      { title: 'AGE', align: 'right' },
      { title: 'TASK' },
      { title: 'WHAT', flexible: true },
    ],
    approvals.map((approval) => [
      { text: approval.id },
      { text: approval.status, style: STATUS_STYLES[approval.status] },
      { text: age(approval.askedAt, view.now) },
      { text: approval.taskId },
      { text: visibleLine(approval.title) },
    ]),
  );
}

/** One line on an approval that was just answered. */
export function approvalLine(view: View, { id, status, title }: Approval): string {
  return `${id}  ${view.paint(STATUS_STYLES[status], status)}  ${visibleLine(title)}`;
}

/** All of an approval: why it is asked, and whole what would happen, with nothing hidden in it. */
export function approvalLines(view: View, approval: ApprovalDetail): string[] {
  const { decision, reason, suggestion, status } = approval;
  const pending = status === 'pending';
  return [
    `${view.paint('bold', approval.id)}  ${visibleLine(approval.title)}`,
    '',
    ...fields(view, [
      ['Status', view.paint(STATUS_STYLES[status], status)],
      ['Task', `${approval.taskId}  ${safeLine(approval.taskTitle)}`],
      ['Tool', callName(approval.call)],
      ['Folder', visibleLine(approval.folder)],
      ['Asked', dateTime(approval.askedAt)],
      ['Because', reason ? visibleLine(reason.words) : null],
      ['Decided', decision ? `${deciderWords(decision)}${decision.ruleId ? ` (${decision.ruleId})` : ''}` : null],
      ['Message', decision?.words ? visible(decision.words).split('\n') : null],
      ['Then', approval.followed],
      ['Always', pending && suggestion ? visibleLine(suggestion.words) : null],
    ]),
    '',
    ...viewLines(view, approval.view),
  ];
}

function viewLines(view: View, shown: ApprovalView): string[] {
  const { paint } = view;
  const cut =
    'cut' in shown && shown.cut ? [paint('yellow', '… it is longer than this; --json says where it was cut')] : [];
  switch (shown.type) {
    case 'command': {
      const marks = shown.marks.map(({ start, end, words, level }) => {
        const what = visibleLine(shown.command.slice(start, end));
        return paint(
          level === 'danger' ? 'red' : 'yellow',
          `${level === 'danger' ? '!' : '·'} ${what}: ${safeLine(words)}`,
        );
      });
      return [...indented(shown.command), ...cut, ...(marks.length > 0 ? ['', ...marks] : [])];
    }
    case 'edit':
      return [
        paint('bold', visibleLine(shown.path)),
        ...indented(shown.before ?? '', '- ').map((line) => paint('red', line)),
        ...indented(shown.after, '+ ').map((line) => paint('green', line)),
        ...cut,
      ];
    case 'file':
      return [visibleLine(shown.path)];
    case 'plan':
      if (shown.markdown.trim() === '')
        return ['There is nothing to approve yet. Deny it: the agent is asked for its plan.'];
      return [...indented(shown.markdown), ...cut];
    case 'question':
      return shown.questions.flatMap((question, index) => questionLines(view, question, index + 1));
    case 'other':
      return [
        ...fields(
          view,
          shown.fields.map(({ name, value }) => [visibleLine(name), visible(value).split('\n')]),
        ),
        ...cut,
      ];
  }
}

function questionLines({ paint }: View, { question, multiSelect, options }: AgentQuestion, no: number): string[] {
  return [
    paint('bold', `${no}. ${visibleLine(question)}${multiSelect ? ' (several may be chosen)' : ''}`),
    ...options.map(
      ({ label, description }, index) =>
        `   ${index + 1}  ${visibleLine(label)}${description ? paint('dim', `  ${visibleLine(description)}`) : ''}`,
    ),
  ];
}

function indented(text: string, indent = '  '): string[] {
  const shown = visible(text).replace(/\n$/, '');
  return shown === '' ? [] : shown.split('\n').map((line) => `${indent}${line}`.trimEnd());
}

/** What a person decides on must not hide anything: what cannot be seen is shown by name. */
function visible(text: string): string {
  return safeBlock(revealHidden(text));
}

function visibleLine(text: string): string {
  return safeLine(revealHidden(text));
}
