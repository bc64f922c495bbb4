import { memo } from 'react';
import { columnOf, stateOf } from '../../../contract/task/derive.ts';
import { needOf } from '../../../contract/task/needs-you.ts';
import { priorityOf } from '../../../contract/task/priority.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { landedOnWords } from '../../../contract/words/landing.ts';
import { span } from '../../../contract/words/measure.ts';
import { PRIORITY_WORDS } from '../../../contract/words/schedule.ts';
import { STATE_WORDS } from '../../../contract/words/state.ts';
import { toggleSelected } from '../../app/window-state.ts';
import { useHit, useNow } from '../../state/hooks.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { Ago } from './ago.tsx';
import { elapsed, toneOf } from './card.logic.ts';
import classes from './card.module.css';
import { labels } from './labels.ts';
import { StateIcon } from './state-icon.tsx';
import { useNowOf } from './use-now-of.ts';

const LONGEST = 300;
const SECOND = 1000;

export interface TaskCardProps {
  task: TaskSummary;
  /** The project and the agent, where those that are shown differ. */
  context: string;
  selected: boolean;
  /** Whether anything is selected: then every card shows its box. */
  selecting: boolean;
  /** The one card that Tab reaches; the arrows go on from it. */
  tabbable: boolean;
  dragged: boolean;
}

/** One task on the board. Plain elements, because very many of them come and go while a person scrolls. */
export const TaskCard = memo(function TaskCard(props: TaskCardProps) {
  const { task, context, selected, selecting, tabbable, dragged } = props;
  const title = visibleLine(task.title, LONGEST);
  const { total, completed, blocked } = task.items;
  const priority = columnOf(task) === 'backlog' ? priorityOf(task) : 'normal';
  return (
    <div
      className={classes.card}
      data-task-box
      data-needs={needOf(task) !== null || undefined}
      data-selected={selected || undefined}
      data-dragged={dragged || undefined}
      data-selecting={selecting || undefined}
    >
      <button type="button" className={classes.button} data-task={task.id} tabIndex={tabbable ? 0 : -1}>
        <span className={classes.title} dir="auto">
          {title}
        </span>
        <Now task={task} />
        <span className={classes.facts}>
          {total > 0 && (
            <span className={classes.items} title={labels.card.itemsExact(completed, total)}>
              {completed < total && (
                <span className={classes.meter} aria-hidden>
                  <span className={classes.completed} style={{ width: `${(completed / total) * 100}%` }} />
                  <span className={classes.blocked} style={{ width: `${(blocked / total) * 100}%` }} />
                </span>
              )}
              {labels.card.items(completed, total)}
            </span>
          )}
          {task.size && task.status === 'completed' && (
            <span className={classes.size} title={labels.card.sizeExact(task.size)}>
              {labels.card.size(task.size)}
            </span>
          )}
          {task.landed && <span className={classes.context}>{landedOnWords(task.landed)}</span>}
          {priority !== 'normal' && <span>{labels.card.priority(PRIORITY_WORDS[priority])}</span>}
          {context !== '' && (
            <span className={classes.context} dir="auto" title={context}>
              {context}
            </span>
          )}
          <Time task={task} />
        </span>
      </button>
      <input
        type="checkbox"
        className={classes.check}
        tabIndex={-1}
        aria-label={labels.card.select(title)}
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

/** What happens now; while the task is searched for by words that it does not show, where it has them. */
function Now({ task }: { task: TaskSummary }) {
  const hit = useHit(task.id);
  const words = useNowOf(task);
  if (hit !== null) {
    return (
      <span className={classes.now} data-hit dir="auto">
        {labels.card.hit(hit)}
      </span>
    );
  }
  return (
    <span className={classes.now} data-tone={toneOf(task)} title={words} dir="auto">
      <StateIcon task={task} /> {words}
    </span>
  );
}

/** How long a task has been running, or how long ago anything happened to one that does not. */
function Time({ task }: { task: TaskSummary }) {
  return (
    <span className={classes.time}>
      {STATE_WORDS[stateOf(task)].tone === 'blue' ? <Elapsed task={task} /> : <Ago at={task.updatedAt} />}
    </span>
  );
}

/** How long the newest run takes or took; it alone is drawn again when the time goes on. */
export function Elapsed({ task }: { task: TaskSummary }) {
  const now = useNow(task.startedAt !== null && task.settledAt === null, SECOND);
  const took = elapsed(task, now);
  return took === null || took < SECOND ? null : span(took);
}
