import { Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { autonomy as autonomies } from '../../../contract/agent/state.ts';
import type { RuleDecision, RuleTrial } from '../../../contract/approval/rule.ts';
import { COMMAND_TOOL } from '../../../contract/approval/rule-tool.ts';
import { revealHidden } from '../../../contract/text.ts';
import { AUTONOMIES, AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';
import { actOnce } from '../../state/act.ts';
import { useProjects, useStore } from '../../state/hooks.ts';
import { WithCode } from '../../ui/with-code.tsx';
import { DecisionIcon } from './decision-icon.tsx';
import { labels } from './labels.ts';
import { toolChoices } from './rule.logic.ts';
import classes from './rules.module.css';

const { tester } = labels;

/** Type a command or a path, and see which rule would answer and why. */
export function TestDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={tester.title} size="lg" centered>
      <TestForm />
    </Modal>
  );
}

function TestForm() {
  const { client } = useStore();
  const projects = useProjects() ?? [];
  const [tool, setTool] = useState<string>(COMMAND_TOOL);
  const [text, setText] = useState('');
  const [projectId, setProjectId] = useState<string | null>(null);
  const [autonomy, setAutonomy] = useState('auto');
  const [trial, setTrial] = useState<RuleTrial | null>(null);
  const where = projectId ?? projects[0]?.id ?? null;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const found = await actOnce(() =>
      client.rules.try({
        tool,
        text,
        autonomy: autonomies.parse(autonomy),
        ...(where === null ? {} : { projectId: where }),
      }),
    );
    setTrial(found);
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={tester.text}
          classNames={{ input: classes.mono }}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTrial(null);
          }}
        />
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          <Select
            label={tester.what}
            allowDeselect={false}
            data={toolChoices({ all: false })}
            value={tool}
            onChange={(next) => setTool(next ?? COMMAND_TOOL)}
          />
          <Select
            label={tester.project}
            allowDeselect={false}
            data={projects.map(({ id, name }) => ({ value: id, label: name }))}
            value={where}
            onChange={setProjectId}
          />
          <Select
            label={tester.mode}
            allowDeselect={false}
            data={AUTONOMIES.map((value) => ({ value, label: AUTONOMY_WORDS[value].label }))}
            value={autonomy}
            onChange={(value) => setAutonomy(value ?? 'auto')}
          />
        </SimpleGrid>
        <div aria-live="polite">{trial && <Trial trial={trial} />}</div>
        <Group justify="flex-end">
          <Button type="submit" disabled={text.trim() === ''}>
            {tester.run}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Trial({ trial: { decision, words, parts } }: { trial: RuleTrial }) {
  return (
    <div className={classes.trial}>
      <Verdict decision={decision} words={words} />
      {parts.length > 1 && (
        <ul className={classes.parts}>
          {parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and never change.
            <li key={at}>
              <span className={classes.mono}>{revealHidden(part.text)}</span>
              <Verdict decision={part.decision} words={part.words} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Verdict({ decision, words }: { decision: RuleDecision; words: string }) {
  return (
    <div className={classes.verdict}>
      <DecisionIcon decision={decision} />
      <Text size="sm">
        <strong>{labels.decisions[decision]}</strong> <WithCode text={revealHidden(words)} />
      </Text>
    </div>
  );
}
