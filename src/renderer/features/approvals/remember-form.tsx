import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { revealHidden } from '../../../contract/text.ts';
import classes from './approvals.module.css';
import type { StepProps } from './deny-form.tsx';
import { labels } from './labels.ts';
import { useEarlier } from './use-earlier.ts';

const OWN = '';
const { always } = labels;

/** How wide the rule is that answers from now on: what was asked, or more of its kind. */
export function RememberForm({
  approval,
  step,
  busy,
  onBack,
  onGive,
}: StepProps & { step: 'allow-task' | 'allow-project' }) {
  const { suggestion } = approval;
  const widths = suggestion === null ? [] : [suggestion, ...suggestion.wider];
  const [chosen, setChosen] = useState(suggestion?.pattern ?? OWN);
  const [own, setOwn] = useState(suggestion?.pattern ?? '');
  const earlier = useEarlier(approval, widths);
  if (suggestion === null) return null;
  const scope = step === 'allow-task' ? 'task' : 'project';
  const pattern = chosen === OWN ? own.trim() : chosen;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pattern === '') return;
    onGive({ type: 'allow', scope, ...(pattern === suggestion.pattern ? {} : { pattern }) });
  };
  return (
    <form
      className={classes.bar}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onBack();
      }}
    >
      <Stack gap="xs">
        <Radio.Group label={always[scope]} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {widths.map((width, at) => (
              <Radio
                key={width.pattern}
                size="sm"
                value={width.pattern}
                autoFocus={at === 0}
                label={at === 0 ? always.exactly : <span className={classes.mono}>{revealHidden(width.pattern)}</span>}
                description={[revealHidden(width.words), always.earlier(earlier[at] ?? 0)].filter(Boolean).join(' · ')}
              />
            ))}
            <Radio size="sm" value={OWN} label={always.own} />
          </Stack>
        </Radio.Group>
        {chosen === OWN && (
          <TextInput
            autoFocus
            aria-label={always.pattern}
            description={<Text span>{always.patternHelp}</Text>}
            value={own}
            classNames={{ input: classes.mono }}
            spellCheck={false}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
        )}
        <Group gap="xs">
          <Button size="sm" type="submit" loading={busy} disabled={pattern === ''}>
            {always.save}
          </Button>
          <Button size="sm" variant="default" onClick={onBack}>
            {labels.back}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
