import { Loader } from '@mantine/core';
import type { Task } from '../../../../contract/task/state.ts';
import { labels } from '../labels.ts';
import classes from './conversation.module.css';
import { Elapsed } from './elapsed.tsx';

/** That something goes on, while nothing of it is to be seen yet. */
export function WorkingRow({ task: { phase }, since }: { task: Pick<Task, 'phase'>; since: number }) {
  if (phase !== 'working' && phase !== 'starting' && phase !== 'idle') return null;
  return (
    <div className={classes.row}>
      <div className={classes.live}>
        <Loader size="0.8em" aria-hidden role="presentation" />
        {phase === 'starting' ? labels.conversation.starting : labels.conversation.working}
        <Elapsed since={since} />
      </div>
    </div>
  );
}
