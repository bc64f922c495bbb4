import * as z from 'zod';
import { base } from '../call.ts';
import { projectId, taskId, workspaceId } from '../ids.ts';
import { automaticCleanUp, cleanedUp, leftover, leftoverKind, leftoverName, leftoverSize } from './state.ts';

/** The calls on what finished tasks have left. */
export const cleanUp = {
  preview: base
    .route({
      method: 'GET',
      path: '/clean-up',
      summary: 'What tasks have left on the disk, and why some of it stays; removes nothing',
    })
    .input(
      z.strictObject({
        projectId: projectId.optional(),
        taskId: taskId.optional(),
        kinds: z.array(leftoverKind).optional(),
        olderThanDays: z
          .number()
          .int()
          .min(0)
          .max(36_500)
          .optional()
          .describe('Only of tasks that have not changed for so many days'),
      }),
    )
    .output(z.object({ leftovers: z.array(leftover), last: automaticCleanUp.nullable() })),
  measure: base
    .route({
      method: 'GET',
      path: '/clean-up/workspaces/{workspaceId}/size',
      summary: 'How much room a workspace takes; ends when the caller goes away',
    })
    .input(z.strictObject({ workspaceId }))
    .output(leftoverSize),
  remove: base
    .route({
      method: 'POST',
      path: '/clean-up',
      summary: 'Remove what is named, each after another look at it; what must stay stays',
    })
    .input(z.strictObject({ leftovers: z.array(leftoverName).min(1).max(1000) }))
    .output(z.array(cleanedUp)),
};
