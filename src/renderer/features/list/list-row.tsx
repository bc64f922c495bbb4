import { memo } from 'react';
import { stateOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { cost, dateTimeExact } from '../../../contract/words/measure.ts';
import { describeState, STATE_WORDS } from '../../../contract/words/state.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { toggleSelected } from '../../ui/window-state.ts';
import { Ago, Elapsed } from '../board/task-card.tsx';
import classes from './list.module.css';
import type { ListColumn } from './sort.logic.ts';

const LONGEST = 300;

export interface ListRowProps {
  task: TaskSummary;
  columns: readonly ListColumn[];
  projectName: string;
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
  const { task, columns, projectName, rowIndex, start, selected, open, tabbable } = props;
  const title = visibleLine(task.title, LONGEST);
  return (
    <tr
      aria-rowindex={rowIndex}
      className={classes.line}
      data-selected={selected || undefined}
      data-open={open || undefined}
      style={{ transform: `translateY(${start}px)` }}
    >
      <td>
        <input
          type="checkbox"
          className={classes.check}
          tabIndex={-1}
          aria-label={`Select ${title}`}
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
          <Cell key={column} column={column} task={task} projectName={projectName} />
        ),
      )}
    </tr>
  );
});

interface CellProps {
  column: Exclude<ListColumn, 'title'>;
  task: TaskSummary;
  projectName: string;
}

function Cell({ column, task, projectName }: CellProps) {
  switch (column) {
    case 'status': {
      const words = visibleLine(describeState(task), LONGEST);
      return (
        <td data-color={STATE_WORDS[stateOf(task)].tone} title={words}>
          {words}
        </td>
      );
    }
    case 'project':
      return <td>{projectName}</td>;
    case 'agent':
      return <td>{[task.agent.agent, task.agent.model].filter(Boolean).join(' · ')}</td>;
    case 'branch':
      return <td title={task.branch ?? undefined}>{task.branch ?? ''}</td>;
    case 'items':
      return <td>{task.items.total > 0 ? `${task.items.completed}/${task.items.total}` : ''}</td>;
    case 'time':
      return (
        <td>
          <Elapsed task={task} />
        </td>
      );
    case 'cost':
      return <td>{cost(task.costUsd)}</td>;
    case 'created':
      return (
        <td title={dateTimeExact(task.createdAt)}>
          <Ago at={task.createdAt} />
        </td>
      );
    case 'updated':
      return (
        <td title={dateTimeExact(task.updatedAt)}>
          <Ago at={task.updatedAt} />
        </td>
      );
  }
}
