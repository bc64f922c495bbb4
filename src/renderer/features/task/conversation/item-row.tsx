import { VisuallyHidden } from '@mantine/core';
import { Ban, Check, CircleDot, CircleSlash, MessageSquareText, Plus, RotateCcw } from 'lucide-react';
import { useContext } from 'react';
import type { Actor, ItemStatus } from '../../../../contract/task/state.ts';
import type { Tone } from '../../../../contract/words/event.ts';
import { visible, visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import type { RowOf } from './conversation.logic.ts';
import classes from './conversation.module.css';
import { Line } from './row-parts.tsx';
import { TaskFactsContext } from './task-facts.ts';

const LONGEST = 300;
const LONGEST_NAME = 80;

const SIGNS: Record<ItemStatus, { Icon: typeof Check; tone: Tone }> = {
  completed: { Icon: Check, tone: 'good' },
  in_progress: { Icon: CircleDot, tone: 'plain' },
  pending: { Icon: RotateCcw, tone: 'plain' },
  blocked: { Icon: Ban, tone: 'warning' },
  skipped: { Icon: CircleSlash, tone: 'plain' },
};

/** What became of an item, a new one, or a note on one. */
export function ItemRow({ row }: { row: RowOf<'item' | 'added' | 'note'> }) {
  const { items } = useContext(TaskFactsContext);
  const item = items.get(row.itemId);
  const text = item?.text ?? (row.kind === 'added' ? row.text : labels.item.unknown(row.itemId));
  if (row.kind === 'note') {
    const who = row.by === 'user' ? labels.item.noteByYou : labels.item.note;
    return (
      <Line icon={<MessageSquareText size="1em" aria-hidden />} quiet>
        <span className={classes.noteOn}>{labels.item.noteOn(who, visibleLine(text, LONGEST_NAME))}</span>{' '}
        {visible(row.text)}
      </Line>
    );
  }
  if (row.kind === 'added') {
    return (
      <Line icon={<Plus size="1em" aria-hidden />}>
        {row.by === 'user' ? labels.item.addedByYou : labels.item.added}: {visibleLine(text, LONGEST)}
      </Line>
    );
  }
  const { Icon, tone } = SIGNS[row.status];
  // What blocks it now is above the conversation.
  const isSaid = item?.status === 'blocked' && item.reason === row.reason;
  const isTick = row.status === 'completed' && row.by !== 'user';
  const words = itemWords(row.status, row.by);
  return (
    <Line icon={<Icon size="1em" aria-hidden />} tone={tone}>
      {isTick ? <VisuallyHidden>{words}: </VisuallyHidden> : `${words}: `}
      {visibleLine(text, LONGEST)}
      {row.reason && !isSaid && <div className={classes.reason}>{visible(row.reason)}</div>}
    </Line>
  );
}

function itemWords(status: ItemStatus, by: Actor): string {
  return by === 'user' ? labels.item.byYou[status] : labels.item[status];
}
