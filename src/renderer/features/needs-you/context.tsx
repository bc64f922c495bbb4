import { Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { hasNoGoal } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import { ago } from '../../../contract/words/measure.ts';
import { useClient, useNow, useTask } from '../../state/hooks.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { visible, visibleLine } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';
import { type LastWords, lastWords } from './last-words.logic.ts';
import classes from './needs-you.module.css';

const LONGEST_GOAL = 600;
const LONGEST_SAID = 4000;
/** As many of the newest events as are looked through for what was said. */
const LOOKED_THROUGH = 60;

/** What something is asked for: the item the agent is at, unless that is told already, and what it said last. */
export function Context({ taskId, doing = true }: { taskId: string; doing?: boolean }) {
  const task = useTask(taskId);
  const said = useLastWords(taskId);
  const now = useNow(true, 60_000);
  if (!task || (!doing && !said)) return null;
  return (
    <section className={classes.context} aria-label={labels.context}>
      {doing && <Doing task={task} />}
      {said && (
        <div>
          <Title order={3} size="h6" c="dimmed" fw={500}>
            {labels.said(ago(said.at, now))}
          </Title>
          <div className={classes.said}>
            <Markdown text={said.text.slice(0, LONGEST_SAID)} />
          </div>
        </div>
      )}
    </section>
  );
}

/** The item that is worked on, else the goal. */
function Doing({ task }: { task: Task }) {
  const items = task.items.filter(({ status }) => status !== 'skipped');
  const at = items.findIndex(({ status }) => status === 'in_progress');
  const open = at < 0 ? items.findIndex(({ status }) => status === 'pending') : at;
  const item = items[open];
  if (!item && hasNoGoal(task)) return null;
  return (
    <div>
      <Title order={3} size="h6" c="dimmed" fw={500}>
        {item ? labels.item(open + 1, items.length) : labels.goal}
      </Title>
      <Text size="sm" className={classes.words} lineClamp={4} dir="auto">
        {item ? visibleLine(item.text, LONGEST_GOAL) : visible(task.goal.slice(0, LONGEST_GOAL))}
      </Text>
    </div>
  );
}

/** Asked for once: while something waits for a person, its agent says nothing. */
function useLastWords(taskId: string): LastWords | null {
  const client = useClient();
  const [said, setSaid] = useState<LastWords | null>(null);
  useEffect(() => {
    let wanted = true;
    client.tasks.log({ taskId, before: Number.MAX_SAFE_INTEGER, limit: LOOKED_THROUGH }).then(
      ({ events }) => wanted && setSaid(lastWords(events)),
      // What is asked can be answered without it.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [client, taskId]);
  return said;
}
