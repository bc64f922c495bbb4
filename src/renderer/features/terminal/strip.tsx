import { ActionIcon, Group, Menu, Tooltip } from '@mantine/core';
import { Ellipsis, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { useClient } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import { type Direction, MOST_PANES } from './layouts.logic.ts';
import { askName } from './rename.tsx';
import { TabList } from './tab-list.tsx';
import classes from './terminal.module.css';
import { closeTerminal, restartTerminal } from './terminal-acts.ts';

interface StripProps {
  terminals: readonly Terminal[];
  active: Terminal;
  /** Those in sight, by their ids. */
  panes: readonly string[];
  spoken: boolean;
  before: ReactNode;
  after: ReactNode;
  /** Opens one more, in the place of the active one or beside it. */
  onOpen(direction?: Direction): void;
  onUnsplit(): void;
  onMove(id: string, to: number): void;
  onFind(): void;
  onSpoken(spoken: boolean): void;
}

/** The line above terminals: a tab for each, and what can be done with the active one. */
export function Strip(props: StripProps) {
  const { terminals, active, panes, spoken, before, after, onOpen, onUnsplit, onMove, onFind, onSpoken } = props;
  const client = useClient();
  const full = panes.length >= MOST_PANES;
  return (
    <Group gap="3xs" wrap="nowrap" className={classes.strip}>
      {before}
      <TabList terminals={terminals} panes={panes} onMove={onMove} />
      <Tooltip label={labels.openAnother}>
        <ActionIcon variant="subtle" color="gray" aria-label={labels.openAnother} onClick={() => onOpen()}>
          <Plus size="1em" aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" withinPortal returnFocus>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" ml="auto" aria-label={labels.actions(active.name)}>
            <Ellipsis size="1em" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={full} onClick={() => onOpen('row')}>
            {labels.splitRight}
          </Menu.Item>
          <Menu.Item disabled={full} onClick={() => onOpen('column')}>
            {labels.splitDown}
          </Menu.Item>
          {panes.length > 1 && <Menu.Item onClick={onUnsplit}>{labels.unsplit}</Menu.Item>}
          <Menu.Divider />
          <Menu.Item onClick={onFind}>{labels.find}</Menu.Item>
          <Menu.CheckboxItem checked={spoken} onChange={onSpoken}>
            {labels.spoken}
          </Menu.CheckboxItem>
          <Menu.Item onClick={() => askName(client, active)}>{labels.rename}</Menu.Item>
          {!active.ofAgent && (
            <Menu.Item onClick={() => void restartTerminal(client, active)}>{labels.restart}</Menu.Item>
          )}
          <Menu.Item onClick={() => void closeTerminal(client, active)}>{labels.close}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {after}
    </Group>
  );
}
