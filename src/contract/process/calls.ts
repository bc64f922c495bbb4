import * as z from 'zod';
import { base, onTask } from '../call.ts';
import { processIdentity } from '../run/state.ts';
import { taskProcesses } from './state.ts';

/** The calls on the processes of tasks. */
export const processes = {
  list: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/processes',
      summary: 'The processes of a task, what they use, and on which ports they listen, as of now',
    })
    .input(onTask)
    .output(taskProcesses),
  end: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/processes/{pid}/end',
      summary: 'End a process of a task and what it has started; refused for any other process, and for the agent',
    })
    .input(onTask.extend({ ...processIdentity.shape, pid: z.coerce.number().int().positive() }))
    .output(z.object({ ended: z.boolean() })),
};
