import { priorityOf } from '../../../../contract/task/priority.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { dateTime } from '../../../../contract/words/measure.ts';
import { dependencyWords, PRIORITY_WORDS } from '../../../../contract/words/schedule.ts';
import { useTaskList } from '../../../state/hooks.ts';
import { visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import { Fact } from './fact.tsx';

const LONGEST_TITLE = 80;

/** When the task may start, and the tasks that wait for it. */
export function ScheduleFacts({ task }: { task: Task }) {
  const { summaries } = useTaskList();
  const { details } = labels;
  const { startAt, after } = task.schedule ?? {};
  const titleOf = (id: string) => {
    const title = summaries.get(id)?.title;
    return title === undefined ? null : visibleLine(title, LONGEST_TITLE);
  };
  const dependants = [...summaries.values()].filter(({ schedule }) => {
    const other = schedule?.after;
    return other !== undefined && !other.met && other.taskIds.includes(task.id);
  });
  return (
    <>
      {priorityOf(task) !== 'normal' && <Fact name={details.priority}>{PRIORITY_WORDS[priorityOf(task)]}</Fact>}
      {startAt !== undefined && <Fact name={details.startsAt}>{dateTime(startAt)}</Fact>}
      {after && (
        <Fact name={details.after}>
          {dependencyWords(after, titleOf)}
          {after.fromBranch && details.fromBranch}
        </Fact>
      )}
      {dependants.length > 0 && (
        <Fact name={details.before}>
          {dependencyWords({ taskIds: dependants.map(({ id }) => id), need: 'all' }, titleOf)}
        </Fact>
      )}
    </>
  );
}
