import * as z from 'zod';
import { agentChoice, autonomy } from '../agent/state.ts';
import { base, command, commandOnTask } from '../call.ts';
import { projectId } from '../ids.ts';
import { MAX_GOAL, MAX_ITEMS, MAX_TITLE } from '../text.ts';
import { changedTask, newItem } from './state.ts';

/** The calls by which a person opens a session, takes that of a task over, and gives it back. */
export const sessions = {
  open: base
    .route({
      method: 'POST',
      path: '/sessions',
      summary: 'Open a session without a goal in a new workspace: a task that a person has from the start',
    })
    .input(
      z.strictObject({
        projectId,
        base: z.string().min(1).max(512).nullable().optional().describe('What its branch begins from'),
        branch: z.string().min(1).max(512).optional().describe('A branch to work on, in place of one of its own'),
        title: z.string().max(MAX_TITLE).optional(),
        agent: agentChoice.partial().optional().describe('Left out: the usual one, or one that has a terminal'),
        autonomy: autonomy.optional(),
        ...command,
      }),
    )
    .output(changedTask),
  takeOver: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/session/take-over',
      summary:
        'Take the session over in a terminal, after the turn; of a task that does not run, when its run begins; or open it again when its program has ended',
    })
    .input(commandOnTask.extend({ now: z.boolean().optional().describe('End the turn that is under way') }))
    .output(changedTask),
  giveBack: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/session/give-back',
      summary: 'Give the session back: its program in the terminal ends, and Drover continues',
    })
    .input(
      commandOnTask.extend({
        goal: z.string().min(1).max(MAX_GOAL).optional().describe('The goal from now on; a session has none at first'),
        items: z.array(newItem).max(MAX_ITEMS).optional().describe('Added to the checklist'),
      }),
    )
    .output(changedTask),
};
