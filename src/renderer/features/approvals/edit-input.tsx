import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ToolCallKind } from '../../../contract/run/tool-call.ts';
import { mainField, readInput } from './answers.logic.ts';
import classes from './approvals.module.css';
import type { StepProps } from './deny-form.tsx';
import { labels } from './labels.ts';

const { editing } = labels;
const FIELDS: Partial<Record<ToolCallKind, string>> = editing.fields;

/** Changes what the agent wants to do before it is allowed: the one field that matters, or else all of the input. */
export function EditInput({ approval, busy, onBack, onGive }: StepProps) {
  const whole = approval.input.blob === null ? readInput(approval.input.text) : null;
  const input = whole?.ok ? whole.input : null;
  const field = input === null ? null : mainField(approval.call, input);
  const [text, setText] = useState(() =>
    input === null ? '' : field === null ? JSON.stringify(input, null, 2) : String(input[field]),
  );
  const [problem, setProblem] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (input === null) return;
    const read = field === null ? readInput(text) : { ok: true as const, input: { ...input, [field]: text } };
    if (read.ok) onGive({ type: 'allow', scope: 'once', input: read.input });
    else setProblem(read.words);
  }

  return (
    <form className={classes.bar} onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          autoFocus
          autosize
          minRows={2}
          maxRows={14}
          disabled={input === null}
          classNames={{ input: classes.mono }}
          label={(field !== null && FIELDS[approval.call.kind]) || editing.input}
          description={input === null ? editing.tooLong : editing.keys}
          error={problem === '' ? undefined : problem}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem('');
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              onBack();
            } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
        <Group gap="xs">
          <Button size="sm" type="submit" loading={busy} disabled={input === null}>
            {editing.save}
          </Button>
          <Button size="sm" variant="default" onClick={onBack}>
            {labels.back}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
