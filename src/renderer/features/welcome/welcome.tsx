import { Button, Group, Select, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { go, goHome, openNewTask, openTask } from '../../app/window-state.ts';
import { act } from '../../state/act.ts';
import { useClient, useProjects, useSettings } from '../../state/hooks.ts';
import { newTask } from '../new-task/draft-store.ts';
import { ProjectForm } from '../project/project-form.tsx';
import { AgentCards } from './agent-cards.tsx';
import { labels } from './labels.ts';
import { useFound } from './use-found.ts';
import classes from './welcome.module.css';
import { endWelcome } from './welcomed.ts';

/** The first steps: an agent, a project, a first task. They come once, and again when asked for. */
export function Welcome() {
  const client = useClient();
  const projects = useProjects() ?? [];
  const found = useFound();
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const projectId = projects.some(({ id }) => id === chosen) ? chosen : (projects[0]?.id ?? null);
  const usual = useSettings()?.find(({ key }) => key === 'agent.default')?.value;
  // Whoever has no agent yet can still see a task through.
  const usualIsReady = found.agents.find(({ agent }) => agent.name === usual)?.state?.isReady ?? true;
  const asks = adding || projects.length === 0;

  async function startDemo(): Promise<void> {
    setBusy(true);
    // The page stays until the task is there, though this is no longer an empty Drover.
    go({ place: 'welcome' });
    const task = await act(async (id) => {
      const { id: projectId } = await client.projects.sample();
      return client.tasks.create({
        goal: labels.demoGoal,
        items: labels.demoItems.map((text) => ({ text })),
        projectId,
        agent: { agent: 'demo' },
        start: true,
        ...id,
      });
    });
    setBusy(false);
    if (task === null) return;
    endWelcome();
    openTask(task.id);
  }

  return (
    <section className={classes.page} aria-label={labels.welcome}>
      <div className={classes.inner}>
        <div className={classes.head}>
          <div>
            <Title order={1} size="h3">
              {labels.welcome}
            </Title>
            <Text size="sm" c="dimmed">
              {labels.what}
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
            {projects.length === 0 ? labels.skip : labels.done}
          </Button>
        </div>

        <Step number={1} title={labels.agents}>
          <div className={classes.found}>
            <AgentCards {...found} />
          </div>
        </Step>

        <Step number={2} title={labels.project}>
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
            <Group gap="xs">
              <Select
                flex={1}
                aria-label={labels.project}
                allowDeselect={false}
                data={projects.map(({ id, name }) => ({ value: id, label: name }))}
                value={projectId}
                onChange={setChosen}
              />
              <Button variant="default" onClick={() => setAdding(true)}>
                {labels.addAnother}
              </Button>
            </Group>
          )}
        </Step>

        <Step number={3} title={labels.firstTask}>
          <Group gap="xs" align="flex-start" justify="flex-end">
            <Text size="xs" c="dimmed" flex="1 1 14rem">
              {labels.demo}
            </Text>
            <Button
              flex="none"
              variant="default"
              disabled={projectId === null}
              onClick={() => {
                endWelcome();
                newTask.change({ projectId, ...(usualIsReady ? {} : { agent: 'demo' }) });
                openNewTask();
              }}
            >
              {labels.writeTask}
            </Button>
            <Button flex="none" loading={busy} onClick={() => void startDemo()}>
              {labels.trySample}
            </Button>
          </Group>
        </Step>
      </div>
    </section>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: React.ReactNode }) {
  return (
    <section className={classes.step} aria-label={title}>
      <Title order={2} size="h6" mb="xs">
        {number}. {title}
      </Title>
      {children}
    </section>
  );
}
