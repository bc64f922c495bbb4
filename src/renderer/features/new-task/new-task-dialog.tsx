import {
  Autocomplete,
  Button,
  Collapse,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { autonomy as autonomies } from '../../../contract/agent/state.ts';
import { act } from '../../state/act.ts';
import { useAgents, useProjects, useSession, useSettings, useValue } from '../../state/hooks.ts';
import { notifyDone } from '../../ui/notify.ts';
import { sizes } from '../../ui/theme.ts';
import { filter, goHome, openTask, projectDialogOpen, route } from '../../ui/window-state.ts';
import { AUTONOMY_WORDS } from './autonomy.ts';
import { ChecklistEditor } from './checklist-editor.tsx';
import { type Draft, problemOf, specOf } from './draft.logic.ts';
import { clearDraft, draft as draftValue, storeDraft } from './draft-store.ts';

type Then = 'draft' | 'start' | 'another';

/** The dialog at `#/new`. Closing keeps what was typed. */
export function NewTaskDialog() {
  const { newTask } = useValue(route);
  const narrow = useMediaQuery(`(max-width: ${sizes.narrow}px)`);
  return (
    <Modal
      opened={newTask}
      onClose={goHome}
      title="New task"
      size="xl"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': 'Close; what you typed is kept' }}
    >
      {newTask && <NewTaskForm />}
    </Modal>
  );
}

function NewTaskForm() {
  const { client } = useSession();
  const projects = useProjects() ?? [];
  const agents = useAgents() ?? [];
  const settings = useSettings() ?? [];
  const draft = useValue(draftValue);
  const [more, { toggle: toggleMore }] = useDisclosure(false);
  const [shownProblem, setShownProblem] = useState(false);
  const [busy, setBusy] = useState(false);
  const goal = useRef<HTMLTextAreaElement>(null);
  const change = (part: Partial<Draft>) => storeDraft({ ...draftValue.get(), ...part });
  const setting = (key: string) => settings.find((entry) => entry.key === key)?.value;

  const preferred = filter.get().projectId ?? (projects.length === 1 ? projects[0]?.id : undefined) ?? null;
  const known = draft.projectId !== null && projects.some(({ id }) => id === draft.projectId);
  useEffect(() => {
    if (!known && preferred !== null) storeDraft({ ...draftValue.get(), projectId: preferred });
  }, [known, preferred]);

  const agentName = draft.agent ?? String(setting('agent.default') ?? '');
  const agent = agents.find(({ name }) => name === agentName);
  const chosenAutonomy = draft.autonomy ?? autonomies.catch('auto').parse(setting('agent.autonomy'));
  const problem = problemOf(draft);
  const problemIn = (field: string) => (shownProblem && problem?.field === field ? problem.words : undefined);

  async function save(then: Then): Promise<void> {
    if (problem) {
      setShownProblem(true);
      if (problem.field === 'goal') goal.current?.focus();
      return;
    }
    setBusy(true);
    const task = await act((id) =>
      client.tasks.create({ ...specOf(draftValue.get()), ...id, start: then !== 'draft' }),
    );
    setBusy(false);
    if (task === null) return;
    clearDraft();
    setShownProblem(false);
    if (then === 'another') {
      notifyDone(`Started “${task.title}”.`);
      goal.current?.focus();
    } else openTask(task.id);
  }

  return (
    <Stack
      gap="md"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void save(event.shiftKey ? 'another' : 'start');
      }}
    >
      <Textarea
        ref={goal}
        data-autofocus
        label="Goal"
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        description="What should be done, in Markdown. The first line becomes the title."
        required
        autosize
        minRows={4}
        maxRows={16}
        value={draft.goal}
        error={problemIn('goal')}
        onChange={(event) => change({ goal: event.currentTarget.value })}
      />
      <ChecklistEditor items={draft.items} onChange={(items) => change({ items })} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Project"
          description="The repository; the agent works in a workspace of its own, never in your folder."
          required
          searchable
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.projectId}
          error={problemIn('project')}
          onChange={(projectId) => change({ projectId })}
          nothingFoundMessage="No such project"
        />
        <Select
          label="Agent"
          description={agent?.description ?? 'Which program does the work.'}
          allowDeselect={false}
          data={agents.map(({ name }) => name)}
          value={agentName || null}
          onChange={(name) => change({ agent: name, model: '', effort: null })}
        />
        <Select
          label="Autonomy"
          description={AUTONOMY_WORDS[chosenAutonomy].words}
          allowDeselect={false}
          data={autonomies.options.map((value) => ({ value, label: AUTONOMY_WORDS[value].label }))}
          value={chosenAutonomy}
          onChange={(value) => change({ autonomy: autonomies.nullable().parse(value) })}
        />
        <TextInput
          label="Base"
          description="Branch, tag or commit to start from."
          placeholder="What the project has checked out"
          value={draft.base}
          onChange={(event) => change({ base: event.currentTarget.value })}
        />
      </SimpleGrid>
      {projects.length === 0 && (
        <Group gap="xs">
          <Text size="sm">There is no project yet.</Text>
          <Button size="compact-sm" variant="light" onClick={() => projectDialogOpen.set(true)}>
            Add a project
          </Button>
        </Group>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        w="fit-content"
        aria-expanded={more}
        leftSection={more ? <ChevronDown size="1em" aria-hidden /> : <ChevronRight size="1em" aria-hidden />}
        onClick={toggleMore}
      >
        Model, checks and retries
      </Button>
      <Collapse expanded={more}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Autocomplete
            label="Model"
            description="In the agent’s own words."
            placeholder="The agent’s default"
            data={agent?.capabilities.models ?? []}
            value={draft.model}
            onChange={(model) => change({ model })}
          />
          <Select
            label="Effort"
            description="How hard the model thinks."
            placeholder="The agent’s default"
            clearable
            clearButtonProps={{ 'aria-label': 'The agent’s default effort' }}
            disabled={!agent || agent.capabilities.efforts.length === 0}
            data={agent?.capabilities.efforts ?? []}
            value={draft.effort}
            onChange={(effort) => change({ effort })}
          />
          <Textarea
            label="Checks"
            description="Commands that must pass at the end, one a line, such as: npm test"
            autosize
            minRows={2}
            value={draft.checks}
            error={problemIn('checks')}
            onChange={(event) => change({ checks: event.currentTarget.value })}
          />
          <NumberInput
            label="Retries"
            description="How often the agent is sent back to unfinished items."
            placeholder={String(setting('task.maxRetries') ?? '')}
            min={0}
            max={50}
            allowDecimal={false}
            value={draft.maxRetries ?? ''}
            onChange={(value) => change({ maxRetries: typeof value === 'number' ? value : null })}
          />
        </SimpleGrid>
      </Collapse>
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" disabled={busy} onClick={() => void save('draft')}>
          Save as draft
        </Button>
        <Button variant="default" disabled={busy} onClick={() => void save('another')}>
          Start another
        </Button>
        <Button loading={busy} onClick={() => void save('start')}>
          Start
        </Button>
      </Group>
    </Stack>
  );
}
