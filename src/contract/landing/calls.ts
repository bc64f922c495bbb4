import * as z from 'zod';
import { base, commandOnTask, onTask } from '../call.ts';
import { changedTask } from '../task/state.ts';
import { MAX_TEXT } from '../text.ts';
import { landingHow, landingPreview } from './state.ts';

const where = {
  onto: z.string().min(1).max(244).optional().describe('A branch of the repository; left out: the base of the work'),
  how: landingHow.default('merge'),
};
const touchCheckout = z
  .boolean()
  .optional()
  .describe('Whether the checkout that has the branch may be moved along; it must be clean. Without it that refuses');

/** The calls by which the work of a task gets onto a branch. */
export const landings = {
  preview: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/landing',
      summary: 'What landing the work of a task would do; touches nothing',
    })
    .input(onTask.extend(where))
    .output(landingPreview),
  land: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/landing',
      summary: 'Commit what is uncommitted and move the branch to the work; pushes nothing',
    })
    .input(
      commandOnTask.extend({
        ...where,
        message: z.string().min(1).max(MAX_TEXT).optional().describe('Left out: as the preview proposes'),
        touchCheckout,
        expect: z
          .string()
          .max(64)
          .optional()
          .describe('Refused unless the branch is at this commit, as in the preview'),
      }),
    )
    .output(changedTask),
  undo: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/landing/undo',
      summary: 'Move the branch back; refused unless it is where the landing has put it',
    })
    .input(commandOnTask.extend({ touchCheckout }))
    .output(changedTask),
};
