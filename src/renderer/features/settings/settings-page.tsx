import {
  Button,
  Card,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { useState } from 'react';
import { autonomy } from '../../../contract/agent/state.ts';
import { SETTING_WORDS, type SettingEntry, type SettingKey } from '../../../contract/settings/state.ts';
import { actOnce } from '../../state/act.ts';
import { useAgents, useProjects, useSession, useSettings } from '../../state/hooks.ts';
import { projectDialogOpen } from '../../ui/window-state.ts';
import { readTime, writeTime } from './setting.logic.ts';
import classes from './settings.module.css';

const GROUPS: readonly { title: string; keys: readonly SettingKey[] }[] = [
  { title: 'General', keys: ['task.slots', 'task.recovery', 'workspace.branchPrefix', 'server.port', 'log.level'] },
  {
    title: 'Agents and limits',
    keys: [
      'agent.default',
      'agent.autonomy',
      'agent.model',
      'agent.effort',
      'task.maxRetries',
      'task.firstResponseMs',
      'task.turnMs',
      'task.inactivityMs',
    ],
  },
];

const CHOICES: Partial<Record<SettingKey, readonly string[]>> = {
  'agent.autonomy': autonomy.options,
  'task.recovery': ['resume', 'wait'],
  'log.level': ['debug', 'info', 'warn', 'error'],
};

export function SettingsPage() {
  const entries = useSettings() ?? [];
  return (
    <section className={classes.page} aria-label="Settings">
      <Stack className={classes.inner} gap="lg">
        <Title order={1} size="h3">
          Settings
        </Title>
        <Appearance />
        {GROUPS.map(({ title, keys }) => (
          <Card withBorder key={title}>
            <Title order={2} size="h5" mb="sm">
              {title}
            </Title>
            <Stack gap="md">
              {keys.map((key) => {
                const entry = entries.find((one) => one.key === key);
                return entry && <Setting key={`${key} ${JSON.stringify(entry.value)}`} entry={entry} name={key} />;
              })}
            </Stack>
          </Card>
        ))}
        <Projects />
      </Stack>
    </section>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card withBorder>
      <Title order={2} size="h5" mb="sm">
        Appearance
      </Title>
      <SegmentedControl
        aria-label="Colours"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: 'auto', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
    </Card>
  );
}

/** One setting with the control that fits it. Written when the person leaves the field; a refusal puts it back. */
function Setting({ entry, name }: { entry: SettingEntry; name: SettingKey }) {
  const { client } = useSession();
  const agents = useAgents() ?? [];
  const isTime = name.endsWith('Ms');
  const shown = isTime ? writeTime(Number(entry.value)) : String(entry.value ?? '');
  const [text, setText] = useState(shown);
  const label = SETTING_WORDS[name].replace(', in milliseconds', '');
  const standard = isTime ? writeTime(Number(entry.default)) : String(entry.default ?? 'the agent’s own');
  const changed = JSON.stringify(entry.value) !== JSON.stringify(entry.default);

  async function write(value: unknown): Promise<void> {
    if (JSON.stringify(value) === JSON.stringify(entry.value)) return;
    const done = await actOnce(() => client.settings.set({ key: name, value }));
    if (done === null) setText(shown);
  }
  const common = {
    label,
    description: (
      <Group component="span" gap="xs">
        <span>{`Default: ${standard === '' ? 'none' : standard}`}</span>
        {changed && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Put back the default of “${label}”`}
            onClick={() => void write(entry.default)}
          >
            Put back
          </Button>
        )}
      </Group>
    ),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  };
  const choices = name === 'agent.default' ? agents.map((agent) => agent.name) : CHOICES[name];
  if (choices) {
    return (
      <Select
        {...common}
        allowDeselect={false}
        data={[...choices]}
        value={shown}
        onChange={(value) => void write(value)}
      />
    );
  }
  if (typeof entry.default === 'number' && !isTime) {
    return (
      <NumberInput
        {...common}
        value={text}
        allowDecimal={false}
        min={0}
        onChange={(value) => setText(String(value))}
        onBlur={() => void write(Number(text))}
      />
    );
  }
  const time = isTime ? readTime(text) : null;
  return (
    <TextInput
      {...common}
      value={text}
      error={isTime && time === null ? 'Write a time such as 90 s, 30 min or 2 h.' : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (!isTime) void write(text === '' && entry.default === null ? null : text);
        else if (time !== null) void write(time);
      }}
    />
  );
}

function Projects() {
  const { client } = useSession();
  const projects = useProjects() ?? [];
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          Projects
        </Title>
        <Button size="compact-sm" variant="light" onClick={() => projectDialogOpen.set(true)}>
          Add a project
        </Button>
      </Group>
      <Stack gap="sm">
        {projects.length === 0 && <Text c="dimmed">No project yet.</Text>}
        {projects.map(({ id, name, path, trusted }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={550}>{name}</Text>
              <Text size="xs" c="dimmed">
                {path}
              </Text>
            </div>
            <Button
              size="compact-sm"
              variant={trusted ? 'light' : 'default'}
              aria-label={trusted ? `Stop trusting ${name}` : `Trust ${name}`}
              onClick={() => void actOnce(() => client.projects.trust({ projectId: id, trusted: !trusted }))}
            >
              {trusted ? 'Trusted' : 'Trust'}
            </Button>
          </Group>
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt="sm">
        Trust lets a repository’s own hooks, MCP servers and agent settings run. Without it tasks work, and those stay
        off.
      </Text>
    </Card>
  );
}
