import { Badge, Checkbox, Fieldset, Kbd, Radio, Stack, Textarea } from '@mantine/core';
import type { AgentQuestion } from '../../../contract/run/tool-call.ts';
import { revealHidden } from '../../../contract/text.ts';
import { openQuestion, type Reply, withOption } from './answers.logic.ts';
import classes from './approvals.module.css';
import { labels } from './labels.ts';
import { useAnswerKeys } from './use-answer-keys.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export interface QuestionFormProps {
  questions: readonly AgentQuestion[];
  replies: readonly Reply[];
  keys: 'always' | 'after-focus' | 'never';
  onChange(replies: readonly Reply[]): void;
}

/** Questions of an agent, with its options and room for own words. Digits choose in the first that has no answer yet. */
export function QuestionForm({ questions, replies, keys, onChange }: QuestionFormProps) {
  const replyAt = (at: number): Reply => replies[at] ?? { chosen: [], text: '' };
  const change = (at: number, reply: Partial<Reply>) =>
    onChange(questions.map((_, one) => (one === at ? { ...replyAt(one), ...reply } : replyAt(one))));
  const active = openQuestion(questions, replies);

  /** The question that has the focus, else the first that is open. */
  function press(no: number): void {
    const focused = document.activeElement?.closest<HTMLElement>('[data-question]')?.dataset.question;
    const at = focused === undefined ? active : Number(focused);
    const question = questions[at];
    const next = question && withOption(question, replyAt(at), no);
    if (next) change(at, next);
  }
  useAnswerKeys({ mode: keys, keys: DIGITS.map((key) => ({ key, run: () => press(Number(key)) })) });

  return (
    <Stack gap="md">
      {questions.map((question, at) => (
        <Question
          // biome-ignore lint/suspicious/noArrayIndexKey: questions have no other name, and never change.
          key={at}
          at={at}
          question={question}
          reply={replyAt(at)}
          alone={questions.length === 1}
          showKeys={keys !== 'never' && at === active}
          onChange={(reply) => change(at, reply)}
        />
      ))}
    </Stack>
  );
}

interface QuestionProps {
  at: number;
  question: AgentQuestion;
  reply: Reply;
  /** The title of the approval is this question. */
  alone: boolean;
  showKeys: boolean;
  onChange(reply: Partial<Reply>): void;
}

function Question({ at, question, reply, alone, showKeys, onChange }: QuestionProps) {
  const { header, multiSelect, options } = question;
  const words = revealHidden(question.question);
  const choices = options.map(({ label, description }, index) => ({
    value: label,
    description: description === '' ? undefined : revealHidden(description),
    label: (
      <>
        {revealHidden(label)} {showKeys && index < DIGITS.length && <Kbd size="xs">{index + 1}</Kbd>}
      </>
    ),
  }));
  return (
    <Fieldset
      variant="unstyled"
      data-question={at}
      className={classes.question}
      data-alone={alone || undefined}
      legend={words}
    >
      <Stack gap="xs">
        {header !== '' && (
          <Badge variant="light" color="gray" tt="none" className={classes.tag}>
            {revealHidden(header)}
          </Badge>
        )}
        {multiSelect ? (
          <Checkbox.Group value={[...reply.chosen]} onChange={(chosen) => onChange({ chosen })} aria-label={words}>
            <Stack gap="xs">
              {choices.map((choice) => (
                <Checkbox key={choice.value} size="sm" {...choice} />
              ))}
            </Stack>
          </Checkbox.Group>
        ) : (
          <Radio.Group
            value={reply.chosen[0] ?? ''}
            onChange={(value) => onChange({ chosen: [value], text: '' })}
            aria-label={words}
          >
            <Stack gap="xs">
              {choices.map((choice) => (
                <Radio key={choice.value} size="sm" {...choice} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <Textarea
          autosize
          minRows={1}
          maxRows={5}
          size="sm"
          aria-label={labels.question.own(words)}
          placeholder={multiSelect ? labels.question.otherToo : labels.question.other}
          value={reply.text}
          onChange={(event) => {
            const own = event.currentTarget.value;
            onChange(multiSelect || own.trim() === '' ? { text: own } : { text: own, chosen: [] });
          }}
        />
      </Stack>
    </Fieldset>
  );
}
