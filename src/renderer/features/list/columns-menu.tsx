import { ActionIcon, Menu } from '@mantine/core';
import { Columns3Cog } from 'lucide-react';
import { labels } from './labels.ts';
import { LIST_COLUMNS, type ListColumn } from './sort.logic.ts';

interface ColumnsMenuProps {
  columns: readonly ListColumn[];
  isGrouped: boolean;
  onToggle(column: ListColumn): void;
  onGroup(isGrouped: boolean): void;
}

/** Which columns the list shows, and whether tasks stand below their state. */
export function ColumnsMenu({ columns, isGrouped, onToggle, onGroup }: ColumnsMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={labels.chooseColumns}
          title={labels.chooseColumns}
        >
          <Columns3Cog size="1.1em" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.CheckboxItem checked={isGrouped} onChange={onGroup}>
          {labels.group}
        </Menu.CheckboxItem>
        <Menu.Divider />
        {LIST_COLUMNS.filter((column) => column !== 'title').map((column) => (
          <Menu.CheckboxItem key={column} checked={columns.includes(column)} onChange={() => onToggle(column)}>
            {labels.heads[column]}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
