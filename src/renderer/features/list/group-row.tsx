import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { Column } from '../../../contract/task/derive.ts';
import { COLUMN_WORDS } from '../../../contract/words/state.ts';
import classes from './list.module.css';

interface GroupRowProps {
  column: Column;
  count: number;
  isOpen: boolean;
  rowIndex: number;
  /** Pixels from the top of the list. */
  start: number;
  /** How many columns the table has. */
  width: number;
  onToggle(column: Column): void;
}

/** The name of a state above its tasks, which folds them. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { column, count, isOpen, rowIndex, start, width, onToggle } = props;
  const Sign = isOpen ? ChevronDown : ChevronRight;
  return (
    <tr aria-rowindex={rowIndex} className={classes.group} style={{ transform: `translateY(${start}px)` }}>
      <th scope="rowgroup" colSpan={width}>
        <button type="button" className={classes.groupButton} aria-expanded={isOpen} onClick={() => onToggle(column)}>
          <Sign size="1em" aria-hidden />
          {COLUMN_WORDS[column]} <span className={classes.count}>{count}</span>
        </button>
      </th>
    </tr>
  );
});
