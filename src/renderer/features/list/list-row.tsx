import { Ellipsis } from 'lucide-react';
import { memo } from 'react';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { cost, dateTimeExact } from '../../../contract/words/measure.ts';
import { toggleSelected } from '../../app/window-state.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { Ago } from '../board/ago.tsx';
import { labels as boardLabels } from '../board/labels.ts';
import { StateIcon } from '../board/state-icon.tsx';
import { Elapsed } from '../board/task-card.tsx';
import { useNowOf } from '../board/use-now-of.ts';
import { labels } from './labels.ts';
import classes from './list.module.css';
import type { ListColumn } from './sort.logic.ts';

const LONGEST = 300;

export interface ListRowProps {
  task: TaskSummary;
  columns: readonly ListColumn[];
  projectName: string;
  agentTitle: string;
  /** Which row of the whole table it is; the head is the first. */
  rowIndex: number;
  /** Pixels from the top of the list. */
  start: number;
  selected: boolean;
  open: boolean;
  tabbable: boolean;
}

/** One task in the list. Plain elements, as on the board. */
export const ListRow = memo(function ListRow(props: ListRowProps) {
  const { task, columns, projectName, agentTitle, rowIndex, start, selected, open, tabbable } = props;
  const title = visibleLine(task.title, LONGEST);
  return (
    <tr
      aria-rowindex={rowIndex}
      className={classes.line}
      data-task-box
      data-selected={selected || undefined}
      data-open={open || undefined}
      style={{ transform: `translateY(${start}px)` }}
    >
      <td>
        <input
          type="checkbox"
          className={classes.check}
          tabIndex={-1}
          aria-label={boardLabels.card.select(title)}
          checked={selected}
          value={task.id}
          onChange={(event) => toggleSelected(event.currentTarget.value)}
        />
      </td>
      {columns.map((column) =>
        column === 'title' ? (
          <td key={column}>
            <button
              type="button"
              className={classes.titleButton}
              data-task={task.id}
              tabIndex={tabbable ? 0 : -1}
              aria-current={open ? 'true' : undefined}
              dir="auto"
            >
              {title}
            </button>
          </td>
        ) : (
          <Cell key={column} column={column} task={task} projectName={projectName} agentTitle={agentTitle} />
        ),
      )}
      <td>
        {/* In the row that Tab reaches it is the next stop. */}
        <button
          type="button"
          className={classes.more}
          tabIndex={tabbable ? 0 : -1}
          aria-label={labels.more(title)}
          aria-haspopup="menu"
          onClick={showMenu}
        >
          <Ellipsis size="1.1em" aria-hidden />
        </button>
      </td>
    </tr>
  );
});

/** The same menu as by the right button. */
function showMenu(event: React.MouseEvent<HTMLElement>): void {
  const { left: clientX, bottom: clientY } = event.currentTarget.getBoundingClientRect();
  const init = { bubbles: true, cancelable: true, button: 2, clientX, clientY };
  event.currentTarget.dispatchEvent(new MouseEvent('contextmenu', init));
}

interface CellProps {
  column: Exclude<ListColumn, 'title'>;
  task: TaskSummary;
  projectName: string;
  agentTitle: string;
}

/** The same line as on a card, so that a task says one thing wherever it stands. */
function Status({ task }: { task: TaskSummary }) {
  const words = useNowOf(task);
  return (
    <td title={words} dir="auto">
      <StateIcon task={task} /> {words}
    </td>
  );
}

function Cell({ column, task, projectName, agentTitle }: CellProps) {
  switch (column) {
    case 'status':
      return <Status task={task} />;
    case 'project':
      return <td>{projectName}</td>;
    case 'agent':
      return <td>{[agentTitle, task.agent.model].filter(Boolean).join(' · ')}</td>;
    case 'branch':
      return <td title={task.branch ?? undefined}>{task.branch ?? ''}</td>;
    case 'items':
      return <td data-number>{task.items.total > 0 ? `${task.items.completed}/${task.items.total}` : ''}</td>;
    case 'time':
      return (
        <td data-number>
          <Elapsed task={task} />
        </td>
      );
    case 'cost':
      return <td data-number>{cost(task.costUsd)}</td>;
    case 'created':
      return (
        <td data-number title={dateTimeExact(task.createdAt)}>
          <Ago at={task.createdAt} />
        </td>
      );
    case 'updated':
      return (
        <td data-number title={dateTimeExact(task.updatedAt)}>
          <Ago at={task.updatedAt} />
        </td>
      );
  }
}
