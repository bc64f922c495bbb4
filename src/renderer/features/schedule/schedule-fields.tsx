import { Checkbox, Input, MultiSelect, SegmentedControl, SimpleGrid, TextInput } from '@mantine/core';
import { useId, useMemo } from 'react';
import { PRIORITIES } from '../../../contract/task/priority.ts';
import { MAX_DEPENDENCIES } from '../../../contract/task/schedule.ts';
import { PRIORITY_WORDS } from '../../../contract/words/schedule.ts';
import { useTaskList } from '../../state/hooks.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';
import { candidates, type ScheduleDraft } from './schedule.logic.ts';

const LONGEST_TITLE = 80;
const MOST = 50;

export interface ScheduleFieldsProps {
  /** The task it is about; null for one that is not made yet. */
  taskId: string | null;
  draft: ScheduleDraft;
  problem: string | undefined;
  onChange(part: Partial<ScheduleDraft>): void;
}

/** When a task may start: its priority, a time, and the tasks that must be finished first. */
export function ScheduleFields({ taskId, draft, problem, onChange }: ScheduleFieldsProps) {
  const { summaries } = useTaskList();
  const priorityLabel = useId();
  const tasks = useMemo(() => {
    const known = candidates(summaries.values(), taskId).map(({ id, title }) => ({
      value: id,
      label: visibleLine(title, LONGEST_TITLE) || id,
    }));
    const others = draft.after.filter((id) => known.every(({ value }) => value !== id));
    const titleOf = (id: string) => visibleLine(summaries.get(id)?.title ?? labels.deleted, LONGEST_TITLE);
    return [...known, ...others.map((id) => ({ value: id, label: titleOf(id) }))];
  }, [summaries, taskId, draft.after]);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Input.Wrapper label={labels.priority} labelElement="div" labelProps={{ id: priorityLabel }}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby={priorityLabel}
            value={draft.priority}
            data={PRIORITIES.map((value) => ({ value, label: PRIORITY_WORDS[value] }))}
            onChange={(priority) => onChange({ priority })}
          />
        </Input.Wrapper>
        <TextInput
          data-autofocus
          label={labels.startAt}
          placeholder={labels.startAtExample}
          description={labels.startAtHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.startAt}
          error={problem}
          onChange={(event) => onChange({ startAt: event.currentTarget.value })}
        />
      </SimpleGrid>
      <MultiSelect
        mt="md"
        label={labels.after}
        description={labels.afterHint}
        placeholder={draft.after.length === 0 ? labels.searchTasks : undefined}
        nothingFoundMessage={labels.noTasks}
        searchable
        hidePickedOptions
        limit={MOST}
        maxValues={MAX_DEPENDENCIES}
        data={tasks}
        value={[...draft.after]}
        onChange={(after) => onChange({ after })}
      />
      {draft.after.length > 1 && (
        <SegmentedControl
          mt="xs"
          size="xs"
          aria-label={labels.need}
          value={draft.need}
          data={[
            { value: 'all', label: labels.all },
            { value: 'any', label: labels.any },
          ]}
          onChange={(need) => onChange({ need: need === 'any' ? 'any' : 'all' })}
        />
      )}
      {draft.after.length > 0 && (
        <Checkbox
          mt="xs"
          label={labels.fromBranch}
          checked={draft.fromBranch}
          onChange={(event) => onChange({ fromBranch: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
