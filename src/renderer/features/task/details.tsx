import { ActionIcon, Code, Group, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Run } from '../../../contract/run/state.ts';
import type { Task } from '../../../contract/task/state.ts';
import { useAgents, useClient, useProjects } from '../../state/hooks.ts';
import { cost, duration } from '../../ui/format.logic.ts';
import { copyText } from './copy.ts';
import { resumeCommand } from './details.logic.ts';
import { Markdown } from './markdown.tsx';
import { dateTime, tokens } from './measure.logic.ts';
import classes from './task.module.css';
import { visible } from './text.logic.ts';

/** Everything that is known of a task, to read and to copy. */
export function Details({ task }: { task: Task }) {
  const project = useProjects()?.find((one) => one.id === task.projectId);
  const agent = useAgents()?.find((one) => one.name === task.agent.agent);
  const runs = useRuns(task);
  const { sessionId, workspace, run } = task;
  const command = sessionId === null ? null : resumeCommand(agent?.backend, sessionId);
  return (
    <Stack className={classes.page} gap="md">
      <div>
        <Title order={3} size="h6">
          Goal
        </Title>
        <Markdown text={task.goal} />
      </div>
      <Table variant="vertical" layout="auto" fz="sm" verticalSpacing="0.25rem">
        <Table.Tbody>
          <Fact name="Task" copy={task.id} />
          <Fact name="Project" copy={project?.path}>
            {project ? project.name : task.projectId}
          </Fact>
          <Fact name="Agent">
            {[task.agent.agent, task.agent.model, task.agent.effort, task.autonomy].filter(Boolean).join(' · ')}
          </Fact>
          {sessionId && <Fact name="Session" copy={sessionId} />}
          {command && (
            <Fact name="Go on by hand" copy={workspace ? `cd ${quoted(workspace.path)} && ${command}` : command} />
          )}
          {workspace && <Fact name="Branch" copy={workspace.branch} />}
          {workspace && <Fact name="Workspace" copy={workspace.path} />}
          {workspace?.baseCommit && <Fact name="Base commit" copy={workspace.baseCommit} />}
          {run?.process && task.status === 'running' && <Fact name="Process">{run.process.pid}</Fact>}
          <Fact name="Tokens">{tokens(task.usage) || 'none known'}</Fact>
          <Fact name="Cost">{cost(task.costUsd) || 'none known'}</Fact>
          {task.checks.map((check) => (
            <Fact key={check.join(' ')} name="Check" copy={check.join(' ')} />
          ))}
          <Fact name="Retries">{task.limits.maxRetries}</Fact>
          <Fact name="Created">{dateTime(task.createdAt)}</Fact>
          <Fact name="Last activity">{dateTime(task.updatedAt)}</Fact>
        </Table.Tbody>
      </Table>
      {runs.length > 0 && (
        <div>
          <Title order={3} size="h6" mb="xs">
            Runs
          </Title>
          <Table.ScrollContainer minWidth="26rem">
            <Table fz="xs" verticalSpacing="0.25rem">
              <Table.Thead>
                <Table.Tr>
                  {['Run', 'Outcome', 'Started', 'Took', 'Turns', 'Cost'].map((name) => (
                    <Table.Th key={name}>{name}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {runs.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>{`${one.no}, ${one.mode}`}</Table.Td>
                    <Table.Td>{one.status}</Table.Td>
                    <Table.Td>{dateTime(one.startedAt)}</Table.Td>
                    <Table.Td>{one.settledAt === null ? 'running' : duration(one.settledAt - one.startedAt)}</Table.Td>
                    <Table.Td>{one.turns}</Table.Td>
                    <Table.Td>{cost(one.costUsd)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </div>
      )}
    </Stack>
  );
}

function Fact({ name, copy, children }: { name: string; copy?: string; children?: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }}>{name}</Table.Th>
      <Table.Td>
        <Group gap="xs" wrap="nowrap" justify="space-between" align="flex-start">
          <Text size="sm" className={classes.words} component="div">
            {children ?? <Code>{visible(copy ?? '')}</Code>}
          </Text>
          {copy !== undefined && (
            <Tooltip label="Copy">
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={`Copy ${name.toLowerCase()}`}
                onClick={() => void copyText(copy)}
              >
                <Copy size="0.9em" aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** All runs; the newest as the task says it is. */
function useRuns(task: Task): Run[] {
  const client = useClient();
  const [runs, setRuns] = useState<Run[]>([]);
  const { id: taskId, runCount, status } = task;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a run begins or ends.
  useEffect(() => {
    let over = false;
    client.tasks.runs({ taskId }).then(
      (found) => !over && setRuns(found),
      () => {},
    );
    return () => {
      over = true;
    };
  }, [client, taskId, runCount, status]);
  return runs.map((run) => (run.id === task.run?.id ? task.run : run));
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
