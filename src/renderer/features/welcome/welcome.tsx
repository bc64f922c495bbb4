import { Button, Group, Loader, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { act } from '../../state/act.ts';
import { useClient, useProjects, useSettings } from '../../state/hooks.ts';
import { useKeyHint } from '../../ui/actions.ts';
import { go, goHome, openNewTask, openTask } from '../../ui/window-state.ts';
import { newTask } from '../new-task/draft-store.ts';
import { ProjectForm } from '../project/project-form.tsx';
import { FoundLine } from './found-line.tsx';
import { useFound } from './use-found.ts';
import classes from './welcome.module.css';
import { endWelcome } from './welcomed.ts';

const DEMO = {
  goal: 'See how Drover works\n\nThe demo agent needs no login and costs nothing. It claims to be done too early, is sent back to what is open, and then finishes.',
  items: [{ text: 'Write the first file' }, { text: 'Write the second file' }],
};

/** The first steps: a project and a first task, and what is installed. It comes once, and again when asked for. */
export function Welcome() {
  const client = useClient();
  const projects = useProjects() ?? [];
  const { found, looking, look } = useFound();
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const palette = useKeyHint('palette');
  const projectId = projects.some(({ id }) => id === chosen) ? chosen : (projects[0]?.id ?? null);
  const usual = useSettings()?.find(({ key }) => key === 'agent.default')?.value;
  // Whoever has no agent yet can still see a task through.
  const usualIsReady = found?.find(({ name }) => name === usual)?.good ?? true;
  const asks = adding || projects.length === 0;

  async function startDemo(): Promise<void> {
    if (projectId === null) return;
    setBusy(true);
    const task = await act((id) =>
      client.tasks.create({ ...DEMO, projectId, agent: { agent: 'demo' }, start: true, ...id }),
    );
    setBusy(false);
    if (task === null) return;
    endWelcome();
    openTask(task.id);
  }

  return (
    <section className={classes.page} aria-label="Welcome">
      <div className={classes.inner}>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={1} size="h2">
              Welcome to Drover
            </Title>
            <Text c="dimmed">
              It runs coding agents on this machine. Each task gets a branch and a folder of its own, and comes back
              until its checklist is done.
            </Text>
          </div>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            flex="none"
            onClick={() => {
              endWelcome();
              goHome();
            }}
          >
            {projects.length === 0 ? 'Not now' : 'Done'}
          </Button>
        </Group>

        <Step number={1} title="A project to work in">
          {asks ? (
            <ProjectForm
              onAdded={(id) => {
                setChosen(id);
                setAdding(false);
                // The page stays until the first task is there, though this is no longer an empty Drover.
                go({ place: 'welcome' });
              }}
            />
          ) : (
            <Group gap="xs" align="flex-end">
              <Select
                flex={1}
                aria-label="Project"
                allowDeselect={false}
                data={projects.map(({ id, name }) => ({ value: id, label: name }))}
                value={projectId}
                onChange={setChosen}
              />
              <Button variant="default" onClick={() => setAdding(true)}>
                Add another
              </Button>
            </Group>
          )}
        </Step>

        <Step number={2} title="A first task">
          <Text size="sm" mb="sm">
            The demo shows in half a minute what happens: an agent that is done too early, and is sent back. It works on
            a branch of its own in your project, and nothing else is touched.
          </Text>
          <Group gap="xs">
            <Button disabled={projectId === null} loading={busy} onClick={() => void startDemo()}>
              Start the demo
            </Button>
            <Button
              variant="default"
              disabled={projectId === null}
              onClick={() => {
                endWelcome();
                newTask.change({ projectId, ...(usualIsReady ? {} : { agent: 'demo' }) });
                openNewTask();
              }}
            >
              Write a task
            </Button>
            {projectId === null && (
              <Text size="xs" c="dimmed">
                Add a project first.
              </Text>
            )}
          </Group>
        </Step>
        {/* Last, so that nothing a person is about to press moves when it has been found. */}
        <Step title="What is installed">
          {found === null ? (
            <Loader size="sm" aria-label="Looking for git and agents" />
          ) : (
            <Stack gap="xs" align="flex-start">
              {found.map((one) => (
                <FoundLine key={one.name} {...one} />
              ))}
              <Button size="compact-xs" variant="default" mt="xs" loading={looking} onClick={look}>
                Check again
              </Button>
            </Stack>
          )}
        </Step>
        <Text size="xs" c="dimmed">
          Everything is also found by name{palette.suffix}; this page is there as “Welcome and first steps”.
        </Text>
      </div>
    </section>
  );
}

function Step({ number, title, children }: { number?: number; title: string; children: React.ReactNode }) {
  return (
    <section className={classes.step} aria-label={title}>
      <Title order={2} size="h5" mb="sm">
        {number === undefined ? title : `${number}. ${title}`}
      </Title>
      {children}
    </section>
  );
}
