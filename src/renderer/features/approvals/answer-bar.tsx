import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Autonomy } from '../../../contract/agent/state.ts';
import type { ApprovalAnswer, ApprovalDetail, Surface } from '../../../contract/approval/state.ts';
import { AUTONOMIES_AFTER_PLAN, AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';
import { AnswerButton } from './answer-button.tsx';
import { type Answering, answersFor, isDangerous, lacksPlan, type Reply, replyOf } from './answers.logic.ts';
import classes from './approvals.module.css';
import { DenyForm } from './deny-form.tsx';
import { EditInput } from './edit-input.tsx';
import { labels } from './labels.ts';
import { RememberForm } from './remember-form.tsx';
import { useAnswer } from './use-answer.ts';
import { useAnswerKeys } from './use-answer-keys.ts';

export interface AnswerBarProps {
  approval: ApprovalDetail;
  replies: readonly Reply[];
  keys: 'always' | 'after-focus' | 'never';
  from?: Surface | undefined;
  onAnswered?: (() => void) | undefined;
}

/** The answers to one approval, two buttons with what is rarer behind each; and a step in between for those that need more. */
export function AnswerBar({ approval, replies, keys, from, onAnswered }: AnswerBarProps) {
  const { busy, send } = useAnswer(from);
  const [step, setStep] = useState<Answering | null>(null);
  const [afterPlan, setAfterPlan] = useState<Autonomy>('edit');
  const answers = answersFor(approval);
  const planless = lacksPlan(approval);
  const dangerous = isDangerous(approval);
  const reply = approval.view.type === 'question' ? replyOf(approval.view.questions, replies) : null;

  async function give(answer: ApprovalAnswer): Promise<void> {
    if (await send(approval.id, answer)) onAnswered?.();
  }

  /** Nobody approves what is not there, or answers without an answer. */
  function isOff(answering: Answering): boolean {
    return answering === 'allow' && (planless || (approval.view.type === 'question' && reply === null));
  }

  function choose(answering: Answering): void {
    if (busy || isOff(answering)) return;
    if (answering === 'allow') {
      if (reply !== null) void give(reply);
      else if (approval.kind === 'plan') void give({ type: 'allow', scope: 'once', autonomy: afterPlan });
      else void give({ type: 'allow', scope: 'once' });
    } else if (answering === 'deny-stop') void give({ type: 'deny', stop: true });
    // What is to be said is clear.
    else if (answering === 'deny' && (planless || approval.kind === 'question')) void give({ type: 'deny' });
    else setStep(answering);
  }

  useAnswerKeys({
    mode: step === null ? keys : 'never',
    keys: answers.map(({ key, answering }) => ({ key, run: () => choose(answering) })),
  });

  const form = { approval, busy, onBack: () => setStep(null), onGive: (one: ApprovalAnswer) => void give(one) };
  if (step === 'deny') return <DenyForm {...form} />;
  if (step === 'allow-task' || step === 'allow-project') return <RememberForm {...form} step={step} />;
  if (step === 'edit') return <EditInput {...form} />;
  const safe = dangerous || planless ? 'deny' : 'allow';
  const button = (main: 'deny' | 'allow') => ({
    offered: answers.filter(
      ({ answering }) => answering.startsWith(main) || (main === 'allow' && answering === 'edit'),
    ),
    filled: safe === main,
    risky: dangerous && main === 'allow',
    showKeys: keys !== 'never',
    busy,
    off: isOff(main),
    onChoose: choose,
  });
  return (
    <Stack className={classes.bar} gap="xs">
      {approval.kind === 'plan' && !planless && (
        <Group gap="xs">
          <Text size="sm" id={`after-${approval.id}`}>
            {labels.afterPlan}
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
      <Group gap="xs">
        <AnswerButton {...button('deny')} />
        <AnswerButton {...button('allow')} />
      </Group>
    </Stack>
  );
}
