import { Badge, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { GitBranch } from 'lucide-react';
import { stateOf, summarize } from '../../../../contract/task/derive.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { landedOnWords } from '../../../../contract/words/landing.ts';
import { span } from '../../../../contract/words/measure.ts';
import { STATE_WORDS } from '../../../../contract/words/state.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';
import { useNow } from '../../../state/hooks.ts';
import { copyText } from '../../../ui/copy.ts';
import { visibleLine } from '../../../ui/text.logic.ts';
import { elapsed } from '../../board/card.logic.ts';
import { labels } from '../labels.ts';
import { STATE_COLORS, TONE_COLORS } from '../tone.ts';
import classes from './header.module.css';

interface HeaderFactsProps {
  task: Task;
  /** What git says of its workspace; null until it is known. */
  detail: WorkspaceDetail | null;
  onShowChanges(): void;
}

/** The state in one word, how much has changed, for how long, and on which branch. */
export function HeaderFacts({ task, detail, onShowChanges }: HeaderFactsProps) {
  const now = useNow(task.status === 'running');
  const { words, tone } = STATE_WORDS[stateOf(task)];
  const took = elapsed(summarize(task), now);
  return (
    <div className={classes.facts}>
      <Badge variant="light" color={tone} c={STATE_COLORS[tone]} tt="none" radius="sm">
        {words}
      </Badge>
      {detail && <Size diff={detail.diff} onShow={onShowChanges} />}
      {took !== null && took >= 1000 && (
        <Text span size="xs" c="dimmed" className={classes.fact}>
          {span(took)}
        </Text>
      )}
      {task.landing && (
        <Text span size="xs" className={classes.fact}>
          {landedOnWords(task.landing)}
        </Text>
      )}
      {task.workspace && <Branch branch={task.workspace.branch} />}
    </div>
  );
}

function Branch({ branch }: { branch: string }) {
  const shown = visibleLine(branch, 120);
  return (
    <UnstyledButton
      className={classes.branch}
      title={shown}
      aria-label={labels.header.copyBranch(shown)}
      onClick={() => void copyText(branch)}
    >
      <GitBranch size="1em" aria-hidden /> <span dir="auto">{shown}</span>
    </UnstyledButton>
  );
}

function Size({ diff, onShow }: { diff: WorkspaceDetail['diff']; onShow(): void }) {
  const { insertions, deletions, files } = diff;
  if (files === 0) return null;
  return (
    <UnstyledButton className={classes.size} onClick={onShow}>
      <VisuallyHidden>{labels.header.showChanges(files)}: </VisuallyHidden>
      {insertions > 0 && <span style={{ color: TONE_COLORS.good }}>+{insertions}</span>}
      {deletions > 0 && <span style={{ color: TONE_COLORS.problem }}>−{deletions}</span>}
      {insertions + deletions === 0 && labels.header.files(files)}
    </UnstyledButton>
  );
}
