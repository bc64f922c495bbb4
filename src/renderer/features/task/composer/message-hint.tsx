import { Text } from '@mantine/core';
import type { Task } from '../../../../contract/task/state.ts';
import { whenSent } from '../../../../contract/words/message.ts';
import { useAgents } from '../../../state/hooks.ts';
import { labels as fileLabels } from '../../attachments/labels.ts';
import { labels } from '../labels.ts';
import { showsImages } from './message-files.logic.ts';
import type { useMessageFiles } from './use-message-files.ts';

interface MessageHintProps {
  task: Task;
  /** Whether something is written. */
  hasText: boolean;
  given: ReturnType<typeof useMessageFiles>;
}

/** What will come of the message that is being written, where that is not plain. */
export function MessageHint({ task, hasText, given: { files, isOnTheWay } }: MessageHintProps) {
  const agents = useAgents() ?? [];
  const { composer } = labels;
  const hints = [
    hasText && task.status !== 'running' && whenSent(task) === 'not-sent' && composer.resumes,
    files.some(({ thumb }) => thumb !== null) && !showsImages(task, agents) && composer.pathOnly,
    isOnTheWay && fileLabels.uploading,
  ].filter((hint) => hint !== false);
  return (
    <Text size="xs" c="dimmed" role="status" mt={hints.length > 0 ? 4 : 0}>
      {hints.join(' ')}
    </Text>
  );
}
