import * as z from 'zod';
import { base, commandOnTask } from '../call.ts';
import { changedTask } from './state.ts';

/** The calls by which a person takes the session of a task over, and gives it back. */
export const sessions = {
  takeOver: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/session/take-over',
      summary: 'Take the session over in a terminal, after the turn; of a task that does not run, when its run begins',
    })
    .input(commandOnTask.extend({ now: z.boolean().optional().describe('End the turn that is under way') }))
    .output(changedTask),
  giveBack: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/session/give-back',
      summary: 'Give the session back: its program in the terminal ends, and Drover continues',
    })
    .input(commandOnTask)
    .output(changedTask),
};
