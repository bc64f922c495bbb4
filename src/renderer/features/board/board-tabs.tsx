import { Tabs } from '@mantine/core';
import { COLUMNS, type Column } from '../../../contract/task/derive.ts';
import { COLUMN_WORDS } from '../../../contract/words/state.ts';
import classes from './board.module.css';
import type { Columns } from './columns.logic.ts';
import { labels } from './labels.ts';

export interface BoardTabsProps {
  columns: Columns;
  shown: Column;
  onShow(column: Column): void;
}

/** Where there is room for one column only: which one. */
export function BoardTabs({ columns, shown, onShow }: BoardTabsProps) {
  return (
    <Tabs
      variant="pills"
      value={shown}
      onChange={(column) => onShow(column as Column)}
      classNames={{ root: classes.tabs ?? '' }}
      keepMounted={false}
    >
      <Tabs.List aria-label={labels.board.column} className={classes.tabList}>
        {COLUMNS.map((column) => (
          <Tabs.Tab key={column} value={column}>
            {COLUMN_WORDS[column]} {columns[column].length}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
