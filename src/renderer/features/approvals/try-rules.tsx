import { Autocomplete, Button, Card, Group, Select, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { autonomy as autonomies } from '../../../contract/agent/state.ts';
import type { RuleTrial } from '../../../contract/approval/rule.ts';
import { COMMAND_TOOL, OFFERED_TOOLS } from '../../../contract/approval/rule-tool.ts';
import { revealHidden } from '../../../contract/text.ts';
import { actOnce } from '../../state/act.ts';
import { useProjects, useSession } from '../../state/hooks.ts';
import classes from './approvals.module.css';
import { DECISION_COLORS, DECISION_WORDS } from './rule.logic.ts';

/** Type a command or a path, and see which rule would answer and why. */
export function TryRules() {
  const { client } = useSession();
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
    <Card withBorder padding="sm">
      <form onSubmit={(event) => void submit(event)}>
        <Group gap="sm" align="flex-end">
          <Autocomplete
            size="xs"
            w="8rem"
            label="Try a tool"
            data={OFFERED_TOOLS.filter((one) => one !== '*')}
            value={tool}
            onChange={setTool}
          />
          <TextInput
            size="xs"
            className={classes.tryText}
            label="Command or path"
            classNames={{ input: classes.mono }}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setTrial(null);
            }}
          />
          <Select
            size="xs"
            w="10rem"
            label="Project"
            allowDeselect={false}
            data={projects.map(({ id, name }) => ({ value: id, label: name }))}
            value={where}
            onChange={setProjectId}
          />
          <Select
            size="xs"
            w="6rem"
            label="Autonomy"
            allowDeselect={false}
            data={[...autonomies.options]}
            value={autonomy}
            onChange={(value) => setAutonomy(value ?? 'auto')}
          />
          <Button size="xs" type="submit" variant="default" disabled={text.trim() === ''}>
            Try
          </Button>
        </Group>
      </form>
      <div aria-live="polite">{trial && <Trial trial={trial} />}</div>
    </Card>
  );
}

function Trial({ trial: { decision, words, parts } }: { trial: RuleTrial }) {
  return (
    <div className={classes.trial}>
      <Text size="sm">
        <strong style={{ color: DECISION_COLORS[decision] }}>{DECISION_WORDS[decision]}</strong> {revealHidden(words)}
      </Text>
      {parts.length > 1 && (
        <ul className={classes.parts}>
          {parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and never change.
            <li key={at}>
              <span className={classes.path}>{revealHidden(part.text)}</span>{' '}
              <span style={{ color: DECISION_COLORS[part.decision] }}>{DECISION_WORDS[part.decision]}</span>{' '}
              {revealHidden(part.words)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
