import { Button, Group, Kbd, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Autonomy } from '../../../contract/agent/state.ts';
import type { ApprovalAnswer, ApprovalDetail, Surface } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { AUTONOMIES_AFTER_PLAN, AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';
import { type Answering, answersFor, denyFirst, isDangerous, lacksPlan, type Reply, replyOf } from './answers.logic.ts';
import classes from './approvals.module.css';
import { EditInput } from './edit-input.tsx';
import { useAnswer } from './use-answer.ts';
import { useAnswerKeys } from './use-answer-keys.ts';

export interface AnswerBarProps {
  approval: ApprovalDetail;
  replies: readonly Reply[];
  keys: 'always' | 'after-focus' | 'never';
  from?: Surface | undefined;
  onAnswered?: (() => void) | undefined;
}

/** The answers to one approval: a button and a key for each, and a step in between for those that need more. */
export function AnswerBar({ approval, replies, keys, from, onAnswered }: AnswerBarProps) {
  const { busy, send } = useAnswer(from);
  const [step, setStep] = useState<Answering | null>(null);
  const [afterPlan, setAfterPlan] = useState<Autonomy>('edit');
  const [missing, setMissing] = useState('');
  const dangerous = isDangerous(approval);
  const planless = lacksPlan(approval);
  const answers = dangerous || planless ? denyFirst(answersFor(approval)) : answersFor(approval);
  const safe = dangerous || planless ? 'deny' : 'allow';

  async function give(answer: ApprovalAnswer): Promise<void> {
    if (await send(approval.id, answer)) onAnswered?.();
  }

  /** Nobody approves what is not there. */
  function isOff(answering: Answering): boolean {
    return planless && answering === 'allow';
  }

  function choose(answering: Answering): void {
    if (busy || isOff(answering)) return;
    setMissing('');
    if (answering === 'allow') {
      if (approval.view.type === 'question') {
        const reply = replyOf(approval.view.questions, replies);
        if (reply === null) setMissing('Answer every question first.');
        else void give(reply);
      } else if (approval.kind === 'plan') void give({ type: 'allow', scope: 'once', autonomy: afterPlan });
      else void give({ type: 'allow', scope: 'once' });
    } else if (answering === 'deny-stop') void give({ type: 'deny', stop: true });
    // What is to be said is clear.
    else if (planless && answering === 'deny') void give({ type: 'deny' });
    else setStep(answering);
  }

  useAnswerKeys({
    mode: step === null ? keys : 'never',
    keys: answers.map(({ key, answering }) => ({ key, run: () => choose(answering) })),
  });

  const back = () => setStep(null);
  if (step === 'deny') return <Deny approval={approval} busy={busy} onBack={back} onGive={(one) => void give(one)} />;
  if (step === 'allow-task' || step === 'allow-project') {
    return <Remember approval={approval} step={step} busy={busy} onBack={back} onGive={(one) => void give(one)} />;
  }
  if (step === 'edit') {
    return <EditInput approval={approval} busy={busy} onBack={back} onGive={(one) => void give(one)} />;
  }
  return (
    <Stack className={classes.bar} gap="xs">
      {approval.kind === 'plan' && !planless && (
        <Group gap="xs">
          <Text size="sm" id={`after-${approval.id}`}>
            After approval, continue with
          </Text>
          <SegmentedControl
            size="xs"
            aria-labelledby={`after-${approval.id}`}
            value={afterPlan}
            onChange={(value) => setAfterPlan(value as Autonomy)}
            data={AUTONOMIES_AFTER_PLAN.map((value) => ({ value, label: AUTONOMY_WORDS[value].label }))}
          />
        </Group>
      )}
      {missing !== '' && (
        <Text size="sm" c="var(--drover-red)" role="alert">
          {missing}
        </Text>
      )}
      <Group gap="xs">
        {answers.map(({ answering, label, key }) => (
          <Button
            key={answering}
            size="compact-sm"
            variant={answering === safe ? 'filled' : answering === 'deny-stop' ? 'subtle' : 'default'}
            c={isRed(answering, dangerous) ? 'var(--drover-red)' : undefined}
            bd={answering === 'allow' && dangerous ? '1px solid var(--drover-red)' : undefined}
            loading={busy && answering === safe}
            disabled={busy || isOff(answering)}
            aria-keyshortcuts={keys === 'never' ? undefined : key}
            rightSection={keys === 'never' ? undefined : <Kbd size="xs">{key.toUpperCase()}</Kbd>}
            onClick={() => choose(answering)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

/** What cannot be taken back: ending the task, and allowing what is dangerous. */
function isRed(answering: Answering, dangerous: boolean): boolean {
  return answering === 'deny-stop' || (dangerous && answering === 'allow');
}

interface StepProps {
  approval: ApprovalDetail;
  busy: boolean;
  onBack(): void;
  onGive(answer: ApprovalAnswer): void;
}

function Deny({ approval, busy, onBack, onGive }: StepProps) {
  const [words, setWords] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGive({ type: 'deny', ...(words.trim() === '' ? {} : { words: words.trim() }) });
  };
  const isPlan = approval.kind === 'plan';
  return (
    <form className={classes.bar} onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          data-autofocus
          autoFocus
          autosize
          minRows={2}
          maxRows={8}
          label={isPlan ? 'What should be different' : 'Message for the agent'}
          description="Ctrl+Enter sends it, Escape goes back."
          placeholder={isPlan ? '' : 'Why not, or what to do instead'}
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
          <Button size="xs" type="submit" loading={busy}>
            {isPlan ? 'Send back' : 'Deny'}
          </Button>
          <Button size="xs" variant="default" onClick={onBack}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Shows the rule that would be made, in words, before it is made. */
function Remember({
  approval: { suggestion },
  step,
  busy,
  onBack,
  onGive,
}: StepProps & { step: 'allow-task' | 'allow-project' }) {
  const [pattern, setPattern] = useState(suggestion?.pattern ?? '');
  if (suggestion === null) return null;
  const scope = step === 'allow-task' ? 'task' : 'project';
  const changed = pattern.trim() !== suggestion.pattern;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGive({ type: 'allow', scope, ...(changed ? { pattern: pattern.trim() } : {}) });
  };
  return (
    <form className={classes.bar} onSubmit={submit}>
      <Stack gap="xs">
        <Text size="sm">
          {scope === 'task' ? 'From now on allowed in this task:' : 'From now on allowed in this project:'}{' '}
          <strong>{changed ? 'your own pattern' : revealHidden(suggestion.words)}</strong>
        </Text>
        <TextInput
          autoFocus
          label="Pattern"
          description="For commands, * at the end stands for anything that follows. Enter saves it, Escape goes back."
          value={pattern}
          classNames={{ input: classes.mono }}
          onChange={(event) => setPattern(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            onBack();
          }}
        />
        <Group gap="xs">
          <Button size="xs" type="submit" loading={busy} disabled={pattern.trim() === ''}>
            Save the rule and allow
          </Button>
          <Button size="xs" variant="default" onClick={onBack}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
