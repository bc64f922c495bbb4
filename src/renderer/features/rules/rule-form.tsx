import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Rule, RuleDecision, RuleScope } from '../../../contract/approval/rule.ts';
import { COMMAND_TOOL } from '../../../contract/approval/rule-tool.ts';
import { filter } from '../../app/window-state.ts';
import { wordsOf } from '../../state/act.ts';
import { useProjects, useStore, useValue } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import { patternHint, toolChoices } from './rule.logic.ts';
import classes from './rules.module.css';

const EVERYWHERE = 'everywhere';
const OTHER = 'other';
const { form } = labels;

/** Makes a rule, or changes what a rule says; where it counts cannot be changed afterwards. */
export function RuleForm({ rule, onDone }: { rule: Rule | null; onDone(): void }) {
  const { client } = useStore();
  const projects = useProjects() ?? [];
  const chosenProject = useValue(filter).projectId;
  const choices = toolChoices({ all: true });
  const [tool, setTool] = useState(rule?.tool ?? COMMAND_TOOL);
  const [isOther, setOther] = useState(!choices.some(({ value }) => value === tool));
  const [pattern, setPattern] = useState(rule?.pattern ?? '');
  const [decision, setDecision] = useState<RuleDecision>(rule?.decision ?? 'allow');
  const [where, setWhere] = useState(chosenProject ?? projects[0]?.id ?? EVERYWHERE);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const scope: RuleScope = where === EVERYWHERE ? { type: EVERYWHERE } : { type: 'project', projectId: where };
    try {
      if (rule) await client.rules.set({ ruleId: rule.id, pattern: pattern.trim(), decision });
      else await client.rules.add({ tool: tool.trim(), pattern: pattern.trim(), scope, decision });
      onDone();
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <SegmentedControl
          aria-label={form.decision}
          value={decision}
          onChange={(value) => setDecision(value as RuleDecision)}
          data={Object.entries(labels.decisions).map(([value, label]) => ({ value, label }))}
        />
        <Select
          label={form.about}
          allowDeselect={false}
          data={[...choices, { value: OTHER, label: form.otherTool }]}
          disabled={rule !== null}
          value={isOther ? OTHER : tool}
          onChange={(next) => {
            setOther(next === OTHER);
            setTool(next === OTHER ? '' : (next ?? COMMAND_TOOL));
          }}
        />
        {isOther && (
          <TextInput
            label={form.toolName}
            description={form.toolHelp}
            classNames={{ input: classes.mono }}
            disabled={rule !== null}
            spellCheck={false}
            value={tool}
            onChange={(event) => setTool(event.currentTarget.value)}
          />
        )}
        <TextInput
          data-autofocus
          label={form.pattern}
          description={patternHint(tool)}
          classNames={{ input: classes.mono }}
          spellCheck={false}
          value={pattern}
          error={problem === '' ? undefined : problem}
          onChange={(event) => {
            setPattern(event.currentTarget.value);
            setProblem('');
          }}
        />
        {rule === null && (
          <Select
            label={form.where}
            allowDeselect={false}
            data={[
              ...projects.map(({ id, name }) => ({ value: id, label: labels.where.project(name) })),
              { value: EVERYWHERE, label: labels.where.everywhere },
            ]}
            value={where}
            onChange={(value) => setWhere(value ?? EVERYWHERE)}
          />
        )}
        {rule?.scope.type === 'task' && (
          <Text size="xs" c="dimmed">
            {form.taskOnly}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {form.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={pattern.trim() === '' || tool.trim() === ''}>
            {rule ? form.save : form.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
