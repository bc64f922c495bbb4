import { Autocomplete, Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Rule, RuleDecision, RuleScope } from '../../../contract/approval/rule.ts';
import { COMMAND_TOOL, OFFERED_TOOLS } from '../../../contract/approval/rule-tool.ts';
import { wordsOf } from '../../state/act.ts';
import { useProjects, useSession, useValue } from '../../state/hooks.ts';
import { filter } from '../../ui/window-state.ts';
import classes from './approvals.module.css';
import { patternHint } from './rule.logic.ts';

const EVERYWHERE = 'everywhere';

/** Makes a rule, or changes what a rule says; where it counts cannot be changed afterwards. */
export function RuleForm({ rule, onDone }: { rule: Rule | null; onDone(): void }) {
  const { client } = useSession();
  const projects = useProjects() ?? [];
  const chosenProject = useValue(filter).projectId;
  const [tool, setTool] = useState(rule?.tool ?? COMMAND_TOOL);
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
          aria-label="Decision"
          value={decision}
          onChange={(value) => setDecision(value as RuleDecision)}
          data={[
            { value: 'allow', label: 'Allow' },
            { value: 'ask', label: 'Ask' },
            { value: 'deny', label: 'Deny' },
          ]}
        />
        <Autocomplete
          label="Tool"
          description="The name of a tool, or * for all"
          data={[...OFFERED_TOOLS]}
          disabled={rule !== null}
          value={tool}
          onChange={setTool}
        />
        <TextInput
          data-autofocus
          label="Pattern"
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
            label="Where"
            allowDeselect={false}
            data={[
              ...projects.map(({ id, name }) => ({ value: id, label: `Project ${name}` })),
              { value: EVERYWHERE, label: 'Everywhere' },
            ]}
            value={where}
            onChange={(value) => setWhere(value ?? EVERYWHERE)}
          />
        )}
        {rule?.scope.type === 'task' && (
          <Text size="xs" c="dimmed">
            Applies to one task, and is deleted with it.
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={pattern.trim() === '' || tool.trim() === ''}>
            {rule ? 'Save' : 'Add'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
