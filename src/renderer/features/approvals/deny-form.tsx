import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ApprovalAnswer, ApprovalDetail } from '../../../contract/approval/state.ts';
import classes from './approvals.module.css';
import { labels } from './labels.ts';

/** What a step between a button and its answer is given. */
export interface StepProps {
  approval: ApprovalDetail;
  busy: boolean;
  onBack(): void;
  onGive(answer: ApprovalAnswer): void;
}

/** Says no, with a message for the agent. */
export function DenyForm({ approval: { kind }, busy, onBack, onGive }: StepProps) {
  const [words, setWords] = useState('');
  const isPlan = kind === 'plan';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGive({ type: 'deny', ...(words.trim() === '' ? {} : { words: words.trim() }) });
  };
  return (
    <form className={classes.bar} onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          data-autofocus
          autoFocus
          autosize
          minRows={2}
          maxRows={8}
          label={isPlan ? labels.planMessage : labels.denyMessage}
          description={isPlan ? labels.planKeys : labels.denyKeys}
          placeholder={isPlan ? '' : labels.denyHint}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              onBack();
            } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
        <Group gap="xs">
          <Button size="sm" type="submit" loading={busy}>
            {labels.deny(kind)}
          </Button>
          <Button size="sm" variant="default" onClick={onBack}>
            {labels.back}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
