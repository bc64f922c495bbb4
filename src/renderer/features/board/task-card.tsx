import { Ban, MessageCircleQuestion, SquareTerminal } from 'lucide-react';
import { memo } from 'react';
import { columnOf, stateOf } from '../../../contract/task/derive.ts';
import type { TaskHit, TaskSummary } from '../../../contract/task/state.ts';
import { ago, cost, span } from '../../../contract/words/measure.ts';
import { describeState, STATE_WORDS } from '../../../contract/words/state.ts';
import { useHit, useNow } from '../../state/hooks.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { toggleSelected } from '../../ui/window-state.ts';
import classes from './board.module.css';
import { elapsed, type Need, needOf } from './card.logic.ts';

const LONGEST = 300;
const HIT_WORDS: Record<TaskHit['where'], string> = { goal: 'Goal', item: 'Item', message: 'Message' };
const NEED_ICONS: Record<Need, typeof Ban> = {
  approval: MessageCircleQuestion,
  input: SquareTerminal,
  item: Ban,
};

export interface TaskCardProps {
  task: TaskSummary;
  projectName: string;
  selected: boolean;
  /** Whether anything is selected: then every card shows its box. */
  selecting: boolean;
  open: boolean;
  /** The one card that Tab reaches; the arrows go on from it. */
  tabbable: boolean;
  dragged: boolean;
}

/** One task on the board. Plain elements, because very many of them come and go while a person scrolls. */
export const TaskCard = memo(function TaskCard(props: TaskCardProps) {
  const { task, projectName, selected, selecting, open, tabbable, dragged } = props;
  const need = needOf(task);
  const words = visibleLine(describeState(task), LONGEST);
  const title = visibleLine(task.title, LONGEST);
  const { total, completed, blocked } = task.items;
  const Icon = need && NEED_ICONS[need];
  return (
    <div
      className={classes.card}
      data-selected={selected || undefined}
      data-open={open || undefined}
      data-needs={need ? true : undefined}
      data-dragged={dragged || undefined}
      data-selecting={selecting || undefined}
    >
      <button
        type="button"
        className={classes.cardButton}
        data-task={task.id}
        tabIndex={tabbable ? 0 : -1}
        aria-current={open ? 'true' : undefined}
      >
        <span className={classes.title} dir="auto">
          {title}
        </span>
        <Where id={task.id} words={[projectName, task.agent.agent, task.agent.model].filter(Boolean).join(' · ')} />
        <span className={classes.words} data-color={STATE_WORDS[stateOf(task)].tone} title={words} dir="auto">
          {Icon && <Icon className={classes.icon} aria-hidden />}
          {words}
        </span>
        <span className={classes.progress} aria-hidden>
          {total > 0 && (
            <>
              <span className={classes.completed} style={{ width: `${(completed / total) * 100}%` }} />
              <span className={classes.blocked} style={{ width: `${(blocked / total) * 100}%` }} />
            </>
          )}
        </span>
        <span className={classes.facts} data-running={columnOf(task) === 'running' || undefined}>
          {total > 0 && (
            <span title={`${completed} of ${total} items completed`}>
              {completed}/{total}
            </span>
          )}
          {task.startedAt !== null && (
            <span className={classes.took} title="How long the newest run took">
              <Elapsed task={task} />
            </span>
          )}
          {task.costUsd > 0 && <span className={classes.cost}>{cost(task.costUsd)}</span>}
          <span className={classes.ago}>
            <Ago at={task.updatedAt} />
          </span>
        </span>
      </button>
      <input
        type="checkbox"
        className={classes.check}
        tabIndex={-1}
        aria-label={`Select ${title}`}
        checked={selected}
        value={task.id}
        onChange={onCheck}
      />
    </div>
  );
});

function onCheck(event: React.ChangeEvent<HTMLInputElement>): void {
  toggleSelected(event.currentTarget.value);
}

/** Where the task belongs; while it is searched for, where it has the words. */
function Where({ id, words }: { id: string; words: string }) {
  const hit = useHit(id);
  return (
    <span className={classes.where} data-hit={hit !== null || undefined} dir="auto">
      {hit === null ? words : `${HIT_WORDS[hit.where]}: ${visibleLine(hit.words, LONGEST)}`}
    </span>
  );
}

/** How long the newest run takes or took; it alone is drawn again when the time goes on. */
export function Elapsed({ task }: { task: TaskSummary }) {
  const now = useNow(task.startedAt !== null && task.settledAt === null, 1000);
  const took = elapsed(task, now);
  return took === null ? null : span(took);
}

/** How long ago something last happened. */
export function Ago({ at }: { at: number }) {
  return ago(at, useNow(true, 60_000));
}
