import { Tabs } from '@mantine/core';
import { useSession, useValue } from '../../state/hooks.ts';
import { go, route } from '../../ui/window-state.ts';
import classes from './approvals.module.css';

/** The three pages on approvals. */
export function PageTabs() {
  const { pending } = useSession();
  const { place } = useValue(route);
  const waiting = useValue(pending.list)?.total ?? 0;
  return (
    <Tabs
      className={classes.tabs}
      value={place}
      onChange={(next) => next !== null && go({ place: next as 'approvals' | 'rules' | 'audit' })}
      activateTabWithKeyboard={false}
    >
      <Tabs.List className={classes.tabList}>
        <Tabs.Tab value="approvals">{waiting > 0 ? `Waiting (${waiting})` : 'Waiting'}</Tabs.Tab>
        <Tabs.Tab value="rules">Rules</Tabs.Tab>
        <Tabs.Tab value="audit">Audit</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}
