import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { actOnce } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import type { Value } from '../../ui/value.ts';
import { labels } from './labels.ts';
import { showTerminal } from './layouts.ts';
import { OpenTerminals } from './open-terminals.tsx';
import classes from './terminal.module.css';
import { type TerminalsOf, useTerminals } from './use-terminals.ts';

interface TerminalsProps {
  of: TerminalsOf;
  /** Stand at the ends of the line with the tabs, which is there without terminals too when they are given. */
  before?: ReactNode;
  after?: ReactNode;
  /** Whether what is shown first takes the focus; taken back once it has. Left out: it does. */
  takesFocus?: Value<boolean>;
  /** The one in which the agent runs comes into sight when it opens. */
  agentFirst?: boolean;
}

/** The terminals of a task or a project, some of them in sight. */
export function Terminals({ of, before, after, takesFocus, agentFirst = false }: TerminalsProps) {
  const client = useClient();
  const terminals = useTerminals(of);
  const [focuses, setFocuses] = useState(() => takesFocus?.get() ?? true);
  useEffect(() => takesFocus?.set(false), [takesFocus]);
  const place = 'taskId' in of ? of.taskId : of.projectId;
  const agents =
    agentFirst && Array.isArray(terminals)
      ? terminals.find(({ ofAgent, state }) => ofAgent && state.kind === 'running')?.id
      : undefined;
  useEffect(() => {
    if (agents !== undefined) showTerminal(place, agents);
  }, [agents, place]);
  const bare = (before || after) && (
    <Group gap="3xs" wrap="nowrap" justify="space-between" className={classes.strip}>
      {before}
      {after}
    </Group>
  );
  if (terminals === null) {
    return (
      <>
        {bare}
        <Loader size="sm" m="md" aria-label={labels.loading} />
      </>
    );
  }
  if (typeof terminals === 'string') {
    return (
      <>
        {bare}
        <Text role="alert" size="sm" p="md">
          {terminals}
        </Text>
      </>
    );
  }
  if (terminals.length > 0) {
    return (
      <OpenTerminals of={of} place={place} listed={terminals} before={before} after={after} takesFocus={focuses} />
    );
  }

  async function open(): Promise<void> {
    const opened = await actOnce(() => client.terminals.open({ ...of }));
    if (!opened) return;
    setFocuses(true);
    showTerminal(place, opened.id);
  }
  return (
    <>
      {bare}
      <Stack gap="xs" align="flex-start" p="md">
        <Text fw={500}>{labels.none}</Text>
        <Text size="sm" c="dimmed">
          {'taskId' in of ? labels.noneMeans : labels.noneMeansProject}
        </Text>
        <Button size="sm" autoFocus={takesFocus !== undefined && focuses} onClick={() => void open()}>
          {labels.open}
        </Button>
      </Stack>
    </>
  );
}
