import { Button, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { hasNoGoal } from '../../../../contract/task/derive.ts';
import type { LoggedEvent } from '../../../../contract/task/events.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { quoteWord } from '../../../../contract/words/argv.ts';
import { AUTONOMY_WORDS } from '../../../../contract/words/autonomy.ts';
import { cost, dateTime, duration, tokens } from '../../../../contract/words/measure.ts';
import { WAY_WORDS } from '../../../../contract/words/way.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';
import { useAgents, useProjects } from '../../../state/hooks.ts';
import { Markdown } from '../../../ui/markdown.tsx';
import { visibleLine } from '../../../ui/text.logic.ts';
import { askGoal } from '../../session/ask-goal.tsx';
import { labels } from '../labels.ts';
import classes from '../task.module.css';
import { useRuns } from '../use-runs.ts';
import { goalBeyondTitle, resumeCommand } from './details.logic.ts';
import own from './details.module.css';
import { CopyFact, Fact } from './fact.tsx';
import { LimitsFact } from './limits-fact.tsx';
import { Processes } from './processes.tsx';
import { RunsTable } from './runs-table.tsx';
import { ScheduleFacts } from './schedule-facts.tsx';
import { WhereWorkIs } from './where-work-is.tsx';

interface DetailsProps {
  task: Task;
  /** What git says of its workspace; null until it is known. */
  detail: WorkspaceDetail | null;
  events: readonly LoggedEvent[];
}

/** What is known of a task beyond its conversation, to read and to copy. */
export function Details({ task, detail, events }: DetailsProps) {
  const project = useProjects()?.find((one) => one.id === task.projectId);
  const agent = useAgents()?.find((one) => one.name === task.agent.agent);
  const runs = useRuns(task);
  const outcomes = useMemo(() => outcomesOf(task, events), [task, events]);
  const { sessionId, workspace, run } = task;
  const command = sessionId === null ? null : resumeCommand(agent, sessionId);
  const way = task.agent.way === 'terminal' ? WAY_WORDS.terminal.label : null;
  const goal = goalBeyondTitle(task);
  const { details } = labels;
  return (
    <Stack className={classes.page} gap="md">
      {hasNoGoal(task) && (
        <div>
          <Title order={3} size="h6">
            {details.goal}
          </Title>
          <Text size="sm" c="dimmed">
            {details.noGoal}
          </Text>
          <Button size="compact-sm" variant="default" mt="xs" onClick={() => askGoal(task.id)}>
            {labels.session.setGoal}
          </Button>
        </div>
      )}
      {goal !== '' && (
        <div>
          <Title order={3} size="h6">
            {details.goal}
          </Title>
          <Markdown text={goal} />
        </div>
      )}
      <dl className={own.facts}>
        <Fact name={details.project}>{project ? visibleLine(project.name, 200) : details.projectGone}</Fact>
        <Fact name={details.agent}>
          {[agent?.title ?? task.agent.agent, task.agent.model, task.agent.effort, way].filter(Boolean).join(' · ')}
        </Fact>
        <Fact name={details.autonomy}>{AUTONOMY_WORDS[task.autonomy].label}</Fact>
        <LimitsFact task={task} />
        <ScheduleFacts task={task} />
        {detail && (
          <Fact name={details.work}>
            <WhereWorkIs detail={detail} />
          </Fact>
        )}
        {command && (
          <CopyFact
            name={details.continueInTerminal}
            value={workspace ? `cd ${quoteWord(workspace.path)} && ${command}` : command}
          />
        )}
        {task.checks.map((check) => (
          <CopyFact key={check.join(' ')} name={details.check} value={check.join(' ')} />
        ))}
        {task.costUsd > 0 && <Fact name={details.cost}>{cost(task.costUsd)}</Fact>}
        {tokens(task.usage) !== '' && <Fact name={details.tokens}>{tokens(task.usage)}</Fact>}
        <Fact name={details.reminders}>{details.remindersOf(run?.retriesSpent ?? 0, task.limits.maxRetries)}</Fact>
        <Fact name={details.created}>{dateTime(task.createdAt)}</Fact>
        {run && <Fact name={details.started}>{dateTime(run.startedAt)}</Fact>}
        {run?.settledAt != null && (
          <Fact name={details.ended}>
            {details.endedAfter(dateTime(run.settledAt), duration(run.settledAt - run.startedAt))}
          </Fact>
        )}
        {task.archivedAt !== null && <Fact name={details.archived}>{dateTime(task.archivedAt)}</Fact>}
      </dl>
      <Processes taskId={task.id} />
      {runs.length > 1 && <RunsTable runs={runs} outcomes={outcomes} />}
      <Advanced>
        <CopyFact name={details.task} value={task.id} />
        {sessionId && <CopyFact name={details.session} value={sessionId} />}
        {workspace && <CopyFact name={details.branch} value={workspace.branch} />}
        {workspace && <CopyFact name={details.workspace} value={workspace.path} />}
        {workspace?.baseCommit && <CopyFact name={details.baseCommit} value={workspace.baseCommit} />}
        {project && <CopyFact name={details.projectFolder} value={project.path} />}
        {run?.process && task.status === 'running' && (
          <CopyFact name={details.process} value={String(run.process.pid)} />
        )}
      </Advanced>
    </Stack>
  );
}

/** What only the curious need: names that programs use. */
function Advanced({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <UnstyledButton className={own.advanced} aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight size="1em" aria-hidden className={own.chevron} data-open={open || undefined} />
        <Text span size="sm" fw={600}>
          {labels.details.advanced}
        </Text>
      </UnstyledButton>
      {open && <dl className={own.facts}>{children}</dl>}
    </div>
  );
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
