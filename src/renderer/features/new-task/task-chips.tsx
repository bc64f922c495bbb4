import { Anchor, Text } from '@mantine/core';
import { Bot, Gauge, Sparkles } from 'lucide-react';
import { autonomy as autonomies } from '../../../contract/agent/state.ts';
import { AUTONOMIES, AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';
import { openSettings } from '../../app/window-state.ts';
import { useAgents, useProjects, useSettings } from '../../state/hooks.ts';
import { offeredAgents } from '../welcome/agent-state.logic.ts';
import { useAgentState } from '../welcome/use-agent-state.ts';
import { BaseChip } from './base-chip.tsx';
import { ChipSelect } from './chip-select.tsx';
import type { Draft } from './draft.logic.ts';
import { labels } from './labels.ts';
import classes from './new-task.module.css';
import { NoProject } from './no-project.tsx';
import { ProjectChip } from './project-chip.tsx';

export interface TaskChipsProps {
  draft: Draft;
  onChange(part: Partial<Draft>): void;
  /** Why the project has to be chosen; undefined when all is well. */
  projectProblem: string | undefined;
  /** The project of a task that is there cannot be changed. */
  fixedProject: boolean;
}

/** Where, by whom and how far, a chip each. */
export function TaskChips({ draft, onChange, projectProblem, fixedProject }: TaskChipsProps) {
  const agents = useAgents() ?? [];
  const settings = useSettings() ?? [];
  const projects = useProjects();
  const setting = (key: string) => settings.find((entry) => entry.key === key)?.value;
  const agentName = draft.agent ?? String(setting('agent.default') ?? '');
  const agent = agents.find(({ name }) => name === agentName);
  const usualModel = setting('agent.model');
  const ownModel = typeof usualModel === 'string' ? usualModel : null;
  const chosen = draft.autonomy ?? autonomies.catch('auto').parse(setting('agent.autonomy'));
  const models = agent?.capabilities.models ?? [];
  const isIn = (name: string) => models.includes(name);
  return (
    <div>
      <div className={classes.chips}>
        <ProjectChip
          value={draft.projectId}
          canAdd
          invalid={projectProblem !== undefined}
          disabled={fixedProject}
          onChange={(projectId) => onChange({ projectId, base: '' })}
        />
        <BaseChip projectId={draft.projectId} value={draft.base} onChange={(base) => onChange({ base })} />
        <ChipSelect
          name={labels.agent}
          icon={<Bot size="1em" aria-hidden />}
          action="new.agent"
          shown={agent?.title ?? agentName}
          value={agentName}
          options={offeredAgents(agents, agentName).map(({ name, title, description }) => ({
            value: name,
            label: title,
            words: description,
          }))}
          onChoose={(name) => name !== agentName && onChange({ agent: name, model: '', effort: null, way: null })}
        />
        {(models.length > 0 || draft.model !== '') && (
          <ChipSelect
            name={labels.model}
            icon={<Sparkles size="1em" aria-hidden />}
            action="new.model"
            shown={draft.model || labels.defaultModel(ownModel)}
            value={draft.model}
            options={[
              { value: '', label: labels.defaultModel(ownModel), words: labels.defaultModelHint(ownModel) },
              ...models.map((name) => ({ value: name, label: name })),
              ...(draft.model === '' || isIn(draft.model) ? [] : [{ value: draft.model, label: draft.model }]),
            ]}
            search={{ placeholder: labels.searchModels, other: labels.useModel }}
            onChoose={(model) => onChange({ model })}
          />
        )}
        <ChipSelect
          name={labels.autonomy}
          icon={<Gauge size="1em" aria-hidden />}
          action="new.autonomy"
          shown={AUTONOMY_WORDS[chosen].label}
          value={chosen}
          options={AUTONOMIES.map((value) => ({ value, ...AUTONOMY_WORDS[value] }))}
          onChoose={(value) => onChange({ autonomy: autonomies.parse(value) })}
        />
      </div>
      {projects?.length === 0 && !fixedProject && (
        <NoProject isMissed={projectProblem !== undefined} onAdded={(projectId) => onChange({ projectId, base: '' })} />
      )}
      {projectProblem !== undefined && projects?.length !== 0 && (
        <Text size="xs" c="var(--drover-danger)" mt="xs" role="alert">
          {projectProblem}
        </Text>
      )}
      <AgentProblem name={agentName} />
    </div>
  );
}

/** One line, before the task fails by it, with the way to where it is solved. */
function AgentProblem({ name }: { name: string }) {
  const state = useAgentState(name);
  if (state === null || state.isReady) return null;
  return (
    <Text size="sm" c="var(--drover-needs)" mt="xs" role="status">
      {state.words}{' '}
      <Anchor component="button" size="sm" onClick={() => openSettings('agents')}>
        {labels.setUp}
      </Anchor>
    </Text>
  );
}
