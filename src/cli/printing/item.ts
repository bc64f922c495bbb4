import { countItems } from '../../contract/task/derive.ts';
import type { Item, ItemStatus } from '../../contract/task/state.ts';
import { quoteCommand } from '../../contract/words/argv.ts';
import { ACTOR_WORDS } from '../../contract/words/decided.ts';
import type { Style } from './paint.ts';
import { safeBlock, safeLine } from './sanitise.ts';
import type { View } from './view.ts';

const SIGNS: Record<ItemStatus, readonly [sign: string, style: Style]> = {
  pending: ['○', 'dim'],
  in_progress: ['▸', 'cyan'],
  completed: ['✓', 'green'],
  blocked: ['✗', 'red'],
  skipped: ['–', 'dim'],
};

export function itemSign(view: View, status: ItemStatus): string {
  const [sign, style] = SIGNS[status];
  return view.paint(style, sign);
}

/** An item: its sign, number and text, and below it the reason, the check and the notes. */
export function itemLines(view: View, item: Item): string[] {
  const [first = '', ...rest] = safeBlock(item.text).split('\n');
  const indent = ' '.repeat(item.id.length + 4);
  return [
    `${itemSign(view, item.status)} ${item.id}  ${first}`,
    ...rest.map((line) => `${indent}${line}`.trimEnd()),
    ...(item.status === 'blocked' && item.reason
      ? [`${indent}${view.paint('red', `blocked: ${safeLine(item.reason)}`)}`]
      : []),
    ...(item.check ? [`${indent}${view.paint('dim', `check: ${safeLine(quoteCommand(item.check))}`)}`] : []),
    ...item.notes.map(
      (note) => `${indent}${view.paint('dim', `note ${ACTOR_WORDS[note.by]}: ${safeLine(note.text)}`)}`,
    ),
  ];
}

/** A checklist under its heading. */
export function checklistLines(view: View, items: readonly Item[]): string[] {
  if (items.length === 0) return ['No checklist: the task is complete when a turn ends well.'];
  const { completed, total } = countItems(items);
  return [
    view.paint('bold', `Checklist ${completed}/${total}`),
    ...items.flatMap((item) => itemLines(view, item).map((line) => `  ${line}`)),
  ];
}
