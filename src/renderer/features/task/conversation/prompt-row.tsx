import { Bell, FileText, MessageSquare } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { Markdown } from '../../../ui/markdown.tsx';
import { visible } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import type { RowOf } from './conversation.logic.ts';
import classes from './conversation.module.css';
import { Fold } from './fold.tsx';
import { LongText } from './long-text.tsx';
import { TaskFactsContext } from './task-facts.ts';

/** What the agent was sent: the words of the person, and what Drover says to it, folded. */
export function PromptRow({ row, taskId, forced }: { row: RowOf<'prompt'>; taskId: string; forced: boolean }) {
  const { prompt } = row.event;
  const isAllSaid = row.said.length > 0 && prompt.text.trim() === row.said.join('').trim();
  const Icon = row.event.kind === 'brief' ? FileText : row.event.kind === 'follow-up' ? MessageSquare : Bell;
  return (
    <>
      {row.said.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was sent does not change.
        <Said key={at}>
          <Markdown text={text} />
        </Said>
      ))}
      {!isAllSaid && (
        <Fold name={row.key} forced={forced} icon={<Icon size="1em" aria-hidden />} title={<PromptName row={row} />}>
          <LongText taskId={taskId} name={row.key} content={prompt} as={visible} />
        </Fold>
      )}
    </>
  );
}

/** What the person has typed in the terminal of the agent. */
export function TypedRow({ row, taskId }: { row: RowOf<'typed'>; taskId: string }) {
  return (
    <Said>
      <LongText taskId={taskId} name={row.key} content={row.content} as={visible} />
    </Said>
  );
}

function Said({ children }: { children: ReactNode }) {
  return (
    <div className={classes.message}>
      <div className={classes.you}>{labels.conversation.you}</div>
      {children}
    </div>
  );
}

function PromptName({ row: { event, said, reminder } }: { row: RowOf<'prompt'> }) {
  const { maxRetries } = useContext(TaskFactsContext);
  const { prompts } = labels;
  if (event.kind === 'nudge') {
    return reminder === null ? prompts.reminderOnly : prompts.reminder(reminder.no, maxRetries, reminder.open);
  }
  if (said.length > 0 && event.kind !== 'brief') return prompts.more;
  return prompts[event.kind](event.turn);
}
