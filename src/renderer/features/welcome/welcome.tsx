import { Card, Center, Group, List, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { Check, CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AgentDetail } from '../../../contract/agent/state.ts';
import { useAgents, useSession } from '../../state/hooks.ts';
import { openNewTask } from '../../ui/window-state.ts';
import { draft, storeDraft } from '../new-task/draft-store.ts';
import { ProjectForm } from '../project/project-form.tsx';
import classes from './welcome.module.css';

/** What a person sees before there is a project: what is installed, and the first step. */
export function Welcome() {
  const found = useProbes();
  return (
    <div className={classes.page}>
      <Center p="md">
        <Stack maw="40rem" gap="lg">
          <div>
            <Title order={1} size="h2">
              Welcome to Drover
            </Title>
            <Text c="dimmed">
              Drover runs coding agents on this machine. Each task gets a branch and a folder of its own, and comes back
              until its checklist is done.
            </Text>
          </div>
          <Card withBorder>
            <Title order={2} size="h5" mb="xs">
              1. Agents on this machine
            </Title>
            {found === null ? (
              <Loader size="sm" aria-label="Looking for agents" />
            ) : (
              <List spacing="xs" listStyleType="none" classNames={{ itemWrapper: classes.item }}>
                {found.map((agent) => (
                  <AgentLine key={agent.name} agent={agent} />
                ))}
              </List>
            )}
          </Card>
          <Card withBorder>
            <Title order={2} size="h5" mb="xs">
              2. Add a project
            </Title>
            <ProjectForm
              onAdded={(projectId) => {
                const ready = found?.find(({ name, probe }) => name === 'claude' && probe.available);
                storeDraft({ ...draft.get(), projectId, agent: ready ? ready.name : 'demo' });
                openNewTask();
              }}
            />
          </Card>
          <Text size="sm" c="dimmed">
            3. Then write the first task. The “demo” agent costs nothing and needs no login: give it a goal and two
            items, and watch how it claims to be done too early and is sent back.
          </Text>
        </Stack>
      </Center>
    </div>
  );
}

function AgentLine({ agent: { name, description, probe } }: { agent: AgentDetail }) {
  const good = probe.available && probe.login !== 'no';
  return (
    <List.Item
      icon={
        <ThemeIcon size="sm" radius="xl" variant="light" color={good ? 'teal' : 'orange'}>
          {good ? <Check size="1em" aria-label="Ready" /> : <CircleAlert size="1em" aria-label="Not ready" />}
        </ThemeIcon>
      }
    >
      <Group gap="xs">
        <Text fw={550}>{name}</Text>
        <Text size="sm" c="dimmed">
          {probe.version ?? description}
        </Text>
      </Group>
      {!good && (
        <Text size="sm">
          {[probe.problem, probe.hint].filter(Boolean).join(' ') || 'It is there, but nobody is signed in.'}
        </Text>
      )}
    </List.Item>
  );
}

/** Every agent with a fresh look at its program; null while looking. */
function useProbes(): readonly AgentDetail[] | null {
  const { client } = useSession();
  const agents = useAgents();
  const [found, setFound] = useState<readonly AgentDetail[] | null>(null);
  useEffect(() => {
    if (agents === null) return;
    let wanted = true;
    void Promise.all(agents.map(({ name }) => client.agents.get({ name }).catch(() => null))).then((details) => {
      if (wanted) setFound(details.filter((detail) => detail !== null));
    });
    return () => {
      wanted = false;
    };
  }, [agents, client]);
  return found;
}
