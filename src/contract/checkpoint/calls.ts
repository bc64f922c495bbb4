import * as z from 'zod';
import { base, onTask } from '../call.ts';
import { fileDiff } from '../workspace/diff.ts';
import { workspaceChanges } from '../workspace/state.ts';
import { checkpoint, checkpointName } from './state.ts';

/** Left out: the checkpoint before `to`. */
const from = checkpointName.optional();
const between = onTask.extend({ to: checkpointName, from });

/** The calls on checkpoints: what each turn of a task has changed, also after its workspace was removed. */
export const checkpoints = {
  list: base
    .route({ method: 'GET', path: '/tasks/{taskId}/checkpoints', summary: 'The checkpoints of a task, oldest first' })
    .input(onTask)
    .output(z.array(checkpoint)),
  changes: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/checkpoints/{to}/changes',
      summary: 'The files that differ between two checkpoints, or from the one before: what a turn has changed',
    })
    .input(between)
    .output(workspaceChanges),
  fileDiff: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/checkpoints/{to}/diff',
      summary: 'How one file differs between two checkpoints: its hunks and lines, at most 1 MB of them',
    })
    .input(between.extend({ path: z.string().min(1).max(4096) }))
    .output(fileDiff),
  text: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/checkpoints/{to}/text',
      summary: 'How two checkpoints differ, as the text of `git diff`, at most 8 MB of it',
    })
    .input(between)
    .output(z.object({ text: z.string(), cut: z.boolean().describe('Whether there is more than is given here') })),
};
