import { Button, Menu, Tooltip } from '@mantine/core';
import type { CallInput } from '../../../contract/api.ts';
import { useAgents } from '../../state/hooks.ts';
import { agentOf, type Draft } from './draft.logic.ts';
import { labels } from './labels.ts';
import classes from './new-task.module.css';

export type SessionSpec = Omit<CallInput<'sessions', 'open'>, 'commandId'>;

interface SessionButtonProps {
  draft: Draft;
  busy: boolean;
  onOpen(spec: SessionSpec): void;
}

/** Opens a session with what is chosen, in place of a task: on a new branch, or on the one that is chosen as base. */
export function SessionButton({ draft, busy, onOpen }: SessionButtonProps) {
  const agents = useAgents() ?? [];
  const { projectId, autonomy } = draft;
  const base = draft.base.trim();
  if (!agents.some(({ capabilities }) => capabilities.resume && capabilities.terminal)) return null;
  const open = (where: Pick<SessionSpec, 'base' | 'branch'>) => {
    if (projectId !== null) onOpen({ projectId, agent: agentOf(draft), ...(autonomy ? { autonomy } : {}), ...where });
  };
  const button = (onClick?: () => void) => (
    <Button
      className={classes.first}
      variant="subtle"
      color="gray"
      disabled={busy || projectId === null}
      {...(onClick ? { onClick } : {})}
    >
      {labels.openSession}
    </Button>
  );
  if (base === '') return <Tooltip label={labels.openSessionHint}>{button(() => open({}))}</Tooltip>;
  return (
    <Menu position="top-start" withinPortal returnFocus>
      <Menu.Target>{button()}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => open({ base })}>{labels.sessionFrom(base)}</Menu.Item>
        <Menu.Item onClick={() => open({ branch: base })}>{labels.sessionOn(base)}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
