import { ActionIcon, Button, Code, Group, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { Copy, FolderOpen, SquarePen, Terminal } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Run } from '../../../contract/run/state.ts';
import type { LoggedEvent } from '../../../contract/task/events.ts';
import type { Task } from '../../../contract/task/state.ts';
import { quoteWord } from '../../../contract/words/argv.ts';
import { MODE_WORDS } from '../../../contract/words/event.ts';
import { cost, dateTimeExact, duration, tokens } from '../../../contract/words/measure.ts';
import { runWord } from '../../../contract/words/state.ts';
import { actOnce } from '../../state/act.ts';
import { useAgents, useClient, useProjects } from '../../state/hooks.ts';
import { openFolder } from '../../state/open-folder.ts';
import { copyText } from '../../ui/copy.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { visible, visibleLine } from '../../ui/text.logic.ts';
import { resumeCommand } from './details.logic.ts';
import classes from './task.module.css';
import { useWorkspaceDetail, WhereWorkIs } from './where-work-is.tsx';

const PLACES = [
  { where: 'editor', words: 'Open in editor', Icon: SquarePen },
  { where: 'terminal', words: 'Open in terminal', Icon: Terminal },
  { where: 'files', words: 'Show in file manager', Icon: FolderOpen },
] as const;

/** Everything that is known of a task, to read and to copy. */
export function Details({ task, events }: { task: Task; events: readonly LoggedEvent[] }) {
  const client = useClient();
  const project = useProjects()?.find((one) => one.id === task.projectId);
  const agent = useAgents()?.find((one) => one.name === task.agent.agent);
  const runs = useRuns(task);
  const detail = useWorkspaceDetail(task);
  const outcomes = useMemo(() => outcomesOf(task, events), [task, events]);
  const { sessionId, workspace, run } = task;
  const command = sessionId === null ? null : resumeCommand(agent, sessionId);

  async function open(where: 'editor' | 'terminal' | 'files'): Promise<void> {
    if (!workspace) return;
    const done = await actOnce(() => openFolder(client, { what: 'workspace', workspaceId: workspace.id, in: where }));
    if (done) notifyDone(done.words);
  }

  return (
    <Stack className={classes.page} gap="md">
      <div>
        <Title order={3} size="h6">
          Goal
        </Title>
        <Markdown text={task.goal} />
      </div>
      {workspace && (
        <Group gap="xs" role="group" aria-label="Open the workspace">
          {PLACES.map(({ where, words, Icon }) => (
            <Button
              key={where}
              size="xs"
              variant="default"
              leftSection={<Icon size="1em" aria-hidden />}
              onClick={() => void open(where)}
            >
              {words}
            </Button>
          ))}
        </Group>
      )}
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
            <Fact
              name="Resume in a terminal"
              copy={workspace ? `cd ${quoteWord(workspace.path)} && ${command}` : command}
            />
          )}
          {detail && (
            <Fact name="Work">
              <WhereWorkIs detail={detail} />
            </Fact>
          )}
          {workspace && <Fact name="Branch" copy={workspace.branch} />}
          {workspace && <Fact name="Workspace" copy={workspace.path} />}
          {workspace?.baseCommit && <Fact name="Base commit" copy={workspace.baseCommit} />}
          {run?.process && task.status === 'running' && <Fact name="Process" copy={String(run.process.pid)} />}
          <Fact name="Tokens">{tokens(task.usage) || 'none known'}</Fact>
          <Fact name="Cost">{cost(task.costUsd) || 'none known'}</Fact>
          {task.checks.map((check) => (
            <Fact key={check.join(' ')} name="Check" copy={check.join(' ')} />
          ))}
          <Fact name="Retries">{task.limits.maxRetries}</Fact>
          <Fact name="Created">{dateTimeExact(task.createdAt)}</Fact>
          {run && <Fact name="Started">{dateTimeExact(run.startedAt)}</Fact>}
          {run?.settledAt != null && (
            <Fact name="Ended">{`${dateTimeExact(run.settledAt)}, after ${duration(run.settledAt - run.startedAt)}`}</Fact>
          )}
          {task.archivedAt !== null && <Fact name="Archived">{dateTimeExact(task.archivedAt)}</Fact>}
          <Fact name="Last activity">{dateTimeExact(task.updatedAt)}</Fact>
        </Table.Tbody>
      </Table>
      {runs.length > 0 && (
        <div>
          <Title order={3} size="h6" mb="xs">
            Runs
          </Title>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section className={classes.runs} tabIndex={0} aria-label="Runs">
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
                    <Table.Td>{`${one.no}, ${MODE_WORDS[one.mode]}`}</Table.Td>
                    <Table.Td className={classes.outcome}>
                      {runWord(one)}
                      {outcomes.has(one.id) && (
                        <Text size="xs" c="dimmed" lineClamp={3}>
                          {outcomes.get(one.id)}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td>{dateTimeExact(one.startedAt)}</Table.Td>
                    <Table.Td>{one.settledAt === null ? 'running' : duration(one.settledAt - one.startedAt)}</Table.Td>
                    <Table.Td>{one.turns}</Table.Td>
                    <Table.Td>{cost(one.costUsd)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
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

/** How runs ended, in words, as far as it is known here: the newest, and those whose end is loaded. */
function outcomesOf(task: Task, events: readonly LoggedEvent[]): ReadonlyMap<string, string> {
  const outcomes = new Map<string, string>();
  for (const { event } of events) {
    if (event.type === 'run.settled') outcomes.set(event.runId, visibleLine(event.outcome.words, 300));
  }
  if (task.run?.settledAt != null && task.outcome) outcomes.set(task.run.id, visibleLine(task.outcome.words, 300));
  return outcomes;
}
