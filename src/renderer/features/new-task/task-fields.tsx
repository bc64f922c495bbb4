import {
  Autocomplete,
  Button,
  Collapse,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { autonomy as autonomies } from '../../../contract/agent/state.ts';
import { AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';
import { useAgents, useProjects, useSettings } from '../../state/hooks.ts';
import { CommandWords, QUOTING } from '../../ui/command-words.tsx';
import { visible } from '../../ui/text.logic.ts';
import { writeTime } from '../../ui/time.logic.ts';
import { projectDialogOpen } from '../../ui/window-state.ts';
import { WithCode } from '../../ui/with-code.tsx';
import { BaseField } from './base-field.tsx';
import { CLOCKS, type Clock, checksOf, type Draft, type DraftField } from './draft.logic.ts';
import classes from './new-task.module.css';
import { useAgentProblem } from './use-agent-problem.ts';

const CLOCK_WORDS: Record<Clock, { label: string; words: string }> = {
  firstResponseMs: { label: 'First-response timeout', words: 'Longest wait in a turn.' },
  turnMs: { label: 'Turn timeout', words: 'Longer turns fail.' },
  inactivityMs: { label: 'Longest silence', words: 'In the middle of a turn.' },
};

export interface TaskFieldsProps {
  draft: Draft;
  onChange(part: Partial<Draft>): void;
  problemIn(field: DraftField): string | undefined;
  /** The project of a task that is there cannot be changed. */
  fixedProject: boolean;
}

/** Where, by whom and how far: everything of a task but what should be done. */
export function TaskFields({ draft, onChange, problemIn, fixedProject }: TaskFieldsProps) {
  const projects = useProjects() ?? [];
  const agents = useAgents() ?? [];
  const settings = useSettings() ?? [];
  const setting = (key: string) => settings.find((entry) => entry.key === key)?.value;
  const agentName = draft.agent ?? String(setting('agent.default') ?? '');
  const agent = agents.find(({ name }) => name === agentName);
  const problem = useAgentProblem(agentName);
  const chosen = draft.autonomy ?? autonomies.catch('auto').parse(setting('agent.autonomy'));
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Project"
          description="The agent works in a copy, never in your folder."
          required
          searchable
          disabled={fixedProject}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.projectId}
          error={problemIn('project')}
          onChange={(projectId) => onChange({ projectId, base: '' })}
          nothingFoundMessage="No such project"
        />
        <BaseField projectId={draft.projectId} value={draft.base} onChange={(base) => onChange({ base })} />
        <Select
          label="Agent"
          description={
            problem === null ? (agent?.description ?? 'Which program does the work.') : <AgentProblem words={problem} />
          }
          allowDeselect={false}
          data={agents.map(({ name }) => name)}
          value={agentName || null}
          renderOption={({ option }) => (
            <Explained
              label={option.label}
              words={agents.find(({ name }) => name === option.value)?.description ?? ''}
            />
          )}
          onChange={(name) => onChange({ agent: name, model: '', effort: null })}
        />
        <Select
          label="Autonomy"
          description={AUTONOMY_WORDS[chosen].words}
          allowDeselect={false}
          data={autonomies.options.map((value) => ({ value, label: AUTONOMY_WORDS[value].label }))}
          value={chosen}
          renderOption={({ option }) => (
            <Explained label={option.label} words={AUTONOMY_WORDS[autonomies.parse(option.value)].words} />
          )}
          onChange={(value) => onChange({ autonomy: autonomies.nullable().parse(value) })}
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
      <More problem={['checks', ...CLOCKS].some((field) => problemIn(field as DraftField))}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Autocomplete
            label="Model"
            description="As the agent names it."
            placeholder={String(setting('agent.model') ?? 'The agent’s default')}
            data={agent?.capabilities.models ?? []}
            value={draft.model}
            onChange={(model) => onChange({ model })}
          />
          <Select
            label="Effort"
            description={
              agent && agent.capabilities.efforts.length === 0
                ? 'This agent has no such choice.'
                : 'How hard the model thinks.'
            }
            placeholder={String(setting('agent.effort') ?? 'The agent’s default')}
            clearable
            clearButtonProps={{ 'aria-label': 'The agent’s default effort' }}
            disabled={!agent || agent.capabilities.efforts.length === 0}
            data={agent?.capabilities.efforts ?? []}
            value={draft.effort}
            onChange={(effort) => onChange({ effort })}
          />
        </SimpleGrid>
        <Textarea
          mt="md"
          label="Checks"
          description={`Commands that must pass at the end, one per line, besides those of the project. ${QUOTING}`}
          placeholder="npm test"
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          value={draft.checks}
          error={problemIn('checks')}
          onChange={(event) => onChange({ checks: event.currentTarget.value })}
        />
        <CommandWords commands={checksOf(draft)} />
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }} mt="md">
          <NumberInput
            label="Retries"
            description="Back to unfinished items."
            placeholder={String(setting('task.maxRetries') ?? '')}
            min={0}
            max={50}
            allowDecimal={false}
            value={draft.maxRetries ?? ''}
            onChange={(value) => onChange({ maxRetries: typeof value === 'number' ? value : null })}
          />
          {CLOCKS.map((clock) => (
            <TextInput
              key={clock}
              label={CLOCK_WORDS[clock].label}
              description={CLOCK_WORDS[clock].words}
              placeholder={writeTime(Number(setting(`task.${clock}`) ?? 0))}
              value={draft[clock]}
              error={problemIn(clock)}
              onChange={(event) => onChange({ [clock]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
      </More>
    </>
  );
}

function Explained({ label, words }: { label: string; words: string }) {
  return (
    <div>
      <Text size="sm">{label}</Text>
      <Text size="xs" opacity={0.8}>
        {words}
      </Text>
    </div>
  );
}

/** Inside of what is dimmed, so that it is seen before the task fails by it. */
function AgentProblem({ words }: { words: string }) {
  return (
    <Text span inherit c="var(--drover-orange)">
      <WithCode text={visible(words)} />
    </Text>
  );
}

/** Folded until it is asked for, or something in it has to be mended. */
function More({ problem, children }: { problem: boolean; children: React.ReactNode }) {
  const [asked, setAsked] = useState(false);
  const open = asked || problem;
  const all = useRef<HTMLDivElement>(null);
  // At the end of a form that scrolls, what was asked for would come below its edge.
  useEffect(() => {
    if (asked) all.current?.scrollIntoView({ block: 'start' });
  }, [asked]);
  return (
    <div ref={all} className={classes.more}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        w="fit-content"
        aria-expanded={open}
        leftSection={open ? <ChevronDown size="1em" aria-hidden /> : <ChevronRight size="1em" aria-hidden />}
        onClick={() => setAsked(!asked)}
      >
        Model, checks and limits
      </Button>
      <Collapse expanded={open} transitionDuration={0} mt={open ? 'sm' : 0}>
        {children}
      </Collapse>
    </div>
  );
}
