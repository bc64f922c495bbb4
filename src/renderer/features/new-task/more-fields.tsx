import { NumberInput, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { RESOURCE_LIMITS, type ResourceLimit } from '../../../contract/process/limit-names.ts';
import { WAY_WORDS } from '../../../contract/words/way.ts';
import { useAgents, useProjects, useSettings } from '../../state/hooks.ts';
import { CommandWords, QuotingHelp } from '../../ui/command-words.tsx';
import { writeTime } from '../../ui/time.logic.ts';
import { labels as limits } from '../limits/labels.ts';
import { writeLimit } from '../limits/limits.logic.ts';
import { ScheduleFields } from '../schedule/schedule-fields.tsx';
import { CLOCKS, type Clock, checksOf, type Draft, type DraftField } from './draft.logic.ts';
import { labels } from './labels.ts';

const CLOCK_WORDS: Record<Clock, { label: string; words: string }> = {
  firstResponseMs: { label: labels.firstResponse, words: labels.firstResponseHint },
  turnMs: { label: labels.turn, words: labels.turnHint },
  inactivityMs: { label: labels.silence, words: labels.silenceHint },
};

export interface MoreFieldsProps {
  /** The task that is there already; null for a new one. */
  taskId: string | null;
  draft: Draft;
  onChange(part: Partial<Draft>): void;
  problemIn(field: DraftField): string | undefined;
}

/** What few tasks need: a schedule, effort, way, checks and limits. */
export function MoreFields({ taskId, draft, onChange, problemIn }: MoreFieldsProps) {
  const agents = useAgents() ?? [];
  const settings = useSettings() ?? [];
  const setting = (key: string) => settings.find((entry) => entry.key === key)?.value;
  const project = useProjects()?.find(({ id }) => id === draft.projectId);
  /** What an empty one stands for. */
  function limitOtherwise(name: ResourceLimit): string {
    const own = taskId === null ? project?.limits?.[name] : null;
    const value = own === undefined ? setting(`task.${name}`) : own;
    return writeLimit(name, typeof value === 'number' ? value : null) || limits.none;
  }
  const agentName = draft.agent ?? String(setting('agent.default') ?? '');
  const agent = agents.find(({ name }) => name === agentName);
  const efforts = agent?.capabilities.efforts ?? [];
  return (
    <>
      <ScheduleFields
        taskId={taskId}
        draft={draft.schedule}
        problem={problemIn('startAt')}
        onChange={(part) => onChange({ schedule: { ...draft.schedule, ...part } })}
      />
      <Textarea
        mt="md"
        label={labels.checks}
        description={
          <>
            {labels.checksHint} <QuotingHelp />
          </>
        }
        placeholder={labels.checkExample}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={draft.checks}
        error={problemIn('checks')}
        onChange={(event) => onChange({ checks: event.currentTarget.value })}
      />
      <CommandWords commands={checksOf(draft)} />
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} mt="md">
        {efforts.length > 0 && (
          <Select
            label={labels.effort}
            description={labels.effortHint}
            placeholder={String(setting('agent.effort') ?? labels.default)}
            clearable
            clearButtonProps={{ 'aria-label': labels.defaultEffort }}
            data={efforts}
            value={draft.effort}
            onChange={(effort) => onChange({ effort })}
          />
        )}
        {agent?.capabilities.terminal && (
          <Select
            label={labels.way}
            description={labels.wayHint}
            placeholder={WAY_WORDS[setting('agent.way') === 'terminal' ? 'terminal' : 'headless'].label}
            clearable
            clearButtonProps={{ 'aria-label': labels.defaultWay }}
            data={Object.entries(WAY_WORDS).map(([value, { label }]) => ({ value, label }))}
            value={draft.way}
            onChange={(way) => onChange({ way: way === 'headless' || way === 'terminal' ? way : null })}
          />
        )}
        <NumberInput
          label={labels.retries}
          description={labels.retriesHint}
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
        {RESOURCE_LIMITS.map((name) => (
          <TextInput
            key={name}
            label={limits.names[name]}
            description={limits.hints[name]}
            placeholder={limitOtherwise(name)}
            value={draft[name]}
            error={problemIn(name)}
            onChange={(event) => onChange({ [name]: event.currentTarget.value })}
          />
        ))}
      </SimpleGrid>
    </>
  );
}
