import { Button, Group, Text } from '@mantine/core';
import { sameShape } from '../approvals/answers.logic.ts';
import { useAnswer } from '../approvals/use-answer.ts';
import { labels } from './labels.ts';
import type { NeedRow } from './needs.logic.ts';
import classes from './needs-you.module.css';

interface SeveralProps {
  rows: readonly NeedRow[];
  chosen: ReadonlySet<string>;
  onDone(): void;
}

/** Answers for all that are chosen, one after the other, where they are of one shape. */
export function Several({ rows, chosen, onDone }: SeveralProps) {
  const { busy, send } = useAnswer();
  if (chosen.size === 0) return null;
  const picked = rows.flatMap(({ approval }) => (approval && chosen.has(approval.id) ? [approval] : []));
  const alike = sameShape(picked);
  async function answerAll(type: 'allow' | 'deny'): Promise<void> {
    for (const { id } of picked) await send(id, type === 'allow' ? { type, scope: 'once' } : { type });
    onDone();
  }
  return (
    <Group className={classes.several} gap="xs">
      <Text size="sm">{labels.selected(picked.length)}</Text>
      <Button size="compact-xs" disabled={!alike} loading={busy} onClick={() => void answerAll('allow')}>
        {labels.allowAll}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        disabled={picked.some(({ kind }) => kind !== 'tool')}
        loading={busy}
        onClick={() => void answerAll('deny')}
      >
        {labels.denyAll}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onDone}>
        {labels.clear}
      </Button>
      {!alike && (
        <Text size="xs" c="dimmed">
          {labels.notAlike}
        </Text>
      )}
    </Group>
  );
}
