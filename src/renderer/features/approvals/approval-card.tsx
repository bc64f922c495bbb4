import { Alert, Anchor, Badge, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ApprovalDetail, Surface } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { decidedWords } from '../../../contract/words/decided.ts';
import { ago } from '../../../contract/words/measure.ts';
import { useNow, useProjects } from '../../state/hooks.ts';
import { WithCode } from '../../ui/with-code.tsx';
import { AnswerBar } from './answer-bar.tsx';
import type { Reply } from './answers.logic.ts';
import { ApprovalView } from './approval-view.tsx';
import classes from './approvals.module.css';
import { QuestionForm } from './question-form.tsx';
import { useApproval } from './use-approval.ts';

export interface ApprovalCardProps {
  approvalId: string;
  /** Where the answer is given; left out, this window. */
  from?: Surface;
  /** Whether one key answers: only where nothing else takes keys. */
  keys?: 'always' | 'after-focus' | 'never';
  /** Opens the task; left out where that is not to be had. */
  onOpenTask?(taskId: string): void;
  onAnswered?(): void;
  /** Stands beside the title. */
  aside?: ReactNode;
}

/** One approval with all that a person needs to answer it: the same in the inbox, the pop-up and the task. */
export function ApprovalCard({ approvalId, keys = 'never', from, onOpenTask, onAnswered, aside }: ApprovalCardProps) {
  const { approval, problem } = useApproval(approvalId);
  if (problem !== null) {
    return (
      <Alert color="red" variant="light" m="md">
        {problem}
      </Alert>
    );
  }
  if (approval === null) return <Loader size="sm" m="md" aria-label="Loading the approval" />;
  return (
    <Card
      key={approval.id}
      approval={approval}
      keys={keys}
      from={from}
      onOpenTask={onOpenTask}
      onAnswered={onAnswered}
      aside={aside}
    />
  );
}

interface CardProps extends Omit<ApprovalCardProps, 'approvalId' | 'keys'> {
  approval: ApprovalDetail;
  keys: NonNullable<ApprovalCardProps['keys']>;
}

function Card({ approval, keys, from, onOpenTask, onAnswered, aside }: CardProps) {
  const projects = useProjects() ?? [];
  const now = useNow(approval.status === 'pending', 60_000);
  const [replies, setReplies] = useState<readonly Reply[]>([]);
  const project = projects.find(({ id }) => id === approval.projectId)?.name ?? '';
  const { view } = approval;
  const why = approval.reason?.words ?? '';
  return (
    <article className={classes.card} aria-label={revealHidden(approval.title)}>
      <div className={classes.cardBody}>
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
          <Title order={2} size="h4" className={classes.cardTitle}>
            {revealHidden(approval.title)}
          </Title>
          {aside}
        </Group>
        <Text size="sm" c="dimmed" className={classes.wrap}>
          {project !== '' && `${project} · `}
          {onOpenTask ? (
            <Anchor component="button" size="sm" onClick={() => onOpenTask(approval.taskId)}>
              {revealHidden(approval.taskTitle)}
            </Anchor>
          ) : (
            revealHidden(approval.taskTitle)
          )}
          {` · ${ago(approval.askedAt, now)}`}
        </Text>
        {why !== '' && (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <CircleAlert className={classes.why} size="1.1em" aria-hidden />
            <Text size="sm" className={classes.wrap}>
              <WithCode text={revealHidden(why)} />
            </Text>
          </Group>
        )}
        <ApprovalView view={view} />
        {view.type === 'question' && (
          <QuestionForm questions={view.questions} replies={replies} onChange={setReplies} />
        )}
        <Text size="xs" c="dimmed" className={classes.wrap}>
          In <span className={classes.path}>{revealHidden(approval.folder)}</span>
        </Text>
      </div>
      {approval.status === 'pending' ? (
        <AnswerBar approval={approval} replies={replies} keys={keys} from={from} onAnswered={onAnswered} />
      ) : (
        <Stack className={classes.bar} gap="xs">
          <Badge variant="light" color={approval.status === 'allowed' ? 'teal' : 'gray'}>
            {decidedWords(approval.decision)}
          </Badge>
          {approval.decision && approval.decision.words !== '' && (
            <Text size="sm" className={classes.wrap}>
              {revealHidden(approval.decision.words)}
            </Text>
          )}
        </Stack>
      )}
    </article>
  );
}
