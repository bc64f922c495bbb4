import { Checkbox, Fieldset, Radio, Stack, Textarea } from '@mantine/core';
import type { AgentQuestion } from '../../../contract/run/tool-call.ts';
import { revealHidden } from '../../../contract/text.ts';
import type { Reply } from './answers.logic.ts';
import classes from './approvals.module.css';

export interface QuestionFormProps {
  questions: readonly AgentQuestion[];
  replies: readonly Reply[];
  onChange(replies: readonly Reply[]): void;
}

/** Questions of an agent, with its options and room for own words. */
export function QuestionForm({ questions, replies, onChange }: QuestionFormProps) {
  const replyAt = (at: number): Reply => replies[at] ?? { chosen: [], text: '' };
  const change = (at: number, reply: Partial<Reply>) =>
    onChange(questions.map((_, one) => (one === at ? { ...replyAt(one), ...reply } : replyAt(one))));
  return (
    <Stack gap="sm">
      {questions.map(({ question, header, multiSelect, options }, at) => {
        const { chosen, text } = replyAt(at);
        const choices = options.map(({ label, description }) => ({
          value: label,
          label: revealHidden(label),
          description: description === '' ? undefined : revealHidden(description),
        }));
        return (
          <Fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: questions have no other name, and never change.
            key={at}
            className={classes.question}
            legend={revealHidden(header === '' ? question : `${header}: ${question}`)}
            p="sm"
          >
            <Stack gap="xs">
              {multiSelect ? (
                <Checkbox.Group
                  value={[...chosen]}
                  onChange={(value) => change(at, { chosen: value })}
                  aria-label={question}
                >
                  <Stack gap="xs">
                    {choices.map((choice) => (
                      <Checkbox key={choice.value} size="sm" {...choice} />
                    ))}
                  </Stack>
                </Checkbox.Group>
              ) : (
                <Radio.Group
                  value={chosen[0] ?? ''}
                  onChange={(value) => change(at, { chosen: [value], text: '' })}
                  aria-label={question}
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
                aria-label={`Own words: ${question}`}
                placeholder={multiSelect ? 'Something else as well' : 'Something else'}
                value={text}
                onChange={(event) => {
                  const own = event.currentTarget.value;
                  change(at, multiSelect || own.trim() === '' ? { text: own } : { text: own, chosen: [] });
                }}
              />
            </Stack>
          </Fieldset>
        );
      })}
    </Stack>
  );
}
