import { Brain } from 'lucide-react';
import { visible, visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import type { RowOf } from './conversation.logic.ts';
import classes from './conversation.module.css';
import { Fold } from './fold.tsx';
import { LongText } from './long-text.tsx';

const SHOWN = 120;

/** A thought of the agent, folded. */
export function Thought({ row, taskId, forced }: { row: RowOf<'thinking'>; taskId: string; forced: boolean }) {
  return (
    <Fold
      name={row.key}
      forced={forced}
      icon={<Brain size="1em" aria-hidden />}
      title={
        <>
          {labels.conversation.thought}:{' '}
          <span className={classes.thought}>{visibleLine(row.contents[0]?.text ?? '', SHOWN)}</span>
        </>
      }
    >
      {row.contents.map((content, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: thoughts only come at the end.
        <LongText key={at} taskId={taskId} name={`${row.key} ${at}`} content={content} as={visible} />
      ))}
    </Fold>
  );
}
