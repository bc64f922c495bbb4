import { ActionIcon, Alert, Anchor, Badge, Group, Loader, Text, Title, Tooltip } from '@mantine/core';
import { FolderGit2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ApprovalDetail, Surface } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { decidedWords } from '../../../contract/words/decided.ts';
import { ago } from '../../../contract/words/measure.ts';
import { useNow, useProjects } from '../../state/hooks.ts';
import { copyText } from '../../ui/copy.ts';
import { WithCode } from '../../ui/with-code.tsx';
import { AnswerBar } from './answer-bar.tsx';
import type { Reply } from './answers.logic.ts';
import { ApprovalView } from './approval-view.tsx';
import classes from './approvals.module.css';
import { intentOf, risksOf, whyOf } from './intent.logic.ts';
import { labels } from './labels.ts';
import { QuestionForm } from './question-form.tsx';
import { useApproval } from './use-approval.ts';

export interface ApprovalCardProps {
  approvalId: string;
  /** Where the answer is given; left out, this window. */
  from?: Surface;
  /** Whether one key answers: only where nothing else takes keys. */
  keys?: 'always' | 'after-focus' | 'never';
  /** Stands in its task, whose name is there already. */
  inTask?: boolean;
  /** Opens the task; left out where that is not to be had. */
  onOpenTask?(taskId: string): void;
  onAnswered?(): void;
  /** Stands beside the title. */
  aside?: ReactNode;
  /** Stands below the answers: what it is asked for. */
  children?: ReactNode;
}

/** One approval with all that a person needs to answer it: the same in the inbox, the pop-up and the task. */
export function ApprovalCard({ approvalId, keys = 'never', ...rest }: ApprovalCardProps) {
  const { approval, problem } = useApproval(approvalId);
  if (problem !== null) {
    return (
      <Alert color="red" variant="light" m="md">
        {problem}
      </Alert>
    );
  }
  if (approval === null) {
    return (
      <div className={classes.loading}>
        <Loader size="sm" aria-label={labels.loading} />
      </div>
    );
  }
  return <Card key={approval.id} approval={approval} keys={keys} {...rest} />;
}

interface CardProps extends Omit<ApprovalCardProps, 'approvalId' | 'keys'> {
  approval: ApprovalDetail;
  keys: NonNullable<ApprovalCardProps['keys']>;
}

function Card({ approval, keys, from, inTask = false, onOpenTask, onAnswered, aside, children }: CardProps) {
  const [replies, setReplies] = useState<readonly Reply[]>([]);
  const { view } = approval;
  const pending = approval.status === 'pending';
  const title = intentOf(approval);
  const risks = risksOf(approval);
  const why = whyOf(approval, risks);
  return (
    <article className={classes.card} aria-label={title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Title order={2} size="h4" className={classes.cardTitle} dir="auto">
          {title}
        </Title>
        {aside}
      </Group>
      <About approval={approval} inTask={inTask} onOpenTask={onOpenTask} />
      {(risks.length > 0 || why !== '') && (
        <div className={classes.risks}>
          {risks.map((risk) => (
            <Badge key={risk} className={classes.risk} tt="none" radius="sm">
              <WithCode text={revealHidden(risk)} />
            </Badge>
          ))}
          {why !== '' && (
            <Text size="sm" c="dimmed" className={classes.wrap}>
              <WithCode text={why} />
            </Text>
          )}
        </div>
      )}
      <ApprovalView view={view} title={title} />
      {view.type === 'question' && (
        <QuestionForm
          questions={view.questions}
          replies={replies}
          keys={pending ? keys : 'never'}
          onChange={setReplies}
        />
      )}
      {pending ? (
        <AnswerBar approval={approval} replies={replies} keys={keys} from={from} onAnswered={onAnswered} />
      ) : (
        <Decided approval={approval} />
      )}
      {children}
    </article>
  );
}

/** Whose it is, since when it waits, and the workspace, whose path only some want to read. */
function About({ approval, inTask, onOpenTask }: Pick<CardProps, 'approval' | 'inTask' | 'onOpenTask'>) {
  const projects = useProjects() ?? [];
  const now = useNow(approval.status === 'pending', 60_000);
  const project = projects.find(({ id }) => id === approval.projectId)?.name;
  const taskTitle = revealHidden(approval.taskTitle);
  const folder = revealHidden(approval.folder);
  const where = [inTask ? '' : (project ?? ''), ago(approval.askedAt, now)].filter(Boolean).join(' · ');
  return (
    <Group gap="xs" wrap="nowrap" className={classes.about}>
      <Text size="sm" c="dimmed" className={classes.wrap}>
        {!inTask &&
          (onOpenTask ? (
            <Anchor component="button" size="sm" onClick={() => onOpenTask(approval.taskId)}>
              {taskTitle}
            </Anchor>
          ) : (
            taskTitle
          ))}
        {inTask ? where : ` · ${where}`}
      </Text>
      {approval.kind === 'tool' && folder !== '' && (
        <Tooltip label={labels.workspace(folder)} multiline maw="28rem" classNames={{ tooltip: classes.pathTip }}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={labels.copyWorkspace}
            onClick={() => void copyText(approval.folder)}
          >
            <FolderGit2 size="1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}

function Decided({ approval: { status, decision } }: { approval: ApprovalDetail }) {
  return (
    <div className={classes.bar}>
      <Badge variant="light" color={status === 'allowed' ? 'green' : 'gray'} tt="none">
        {decidedWords(decision)}
      </Badge>
      {decision && decision.words !== '' && (
        <Text size="sm" mt="xs" className={classes.wrap}>
          {revealHidden(decision.words)}
        </Text>
      )}
    </div>
  );
}
