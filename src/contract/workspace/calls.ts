import * as z from 'zod';
import { base } from '../call.ts';
import { FOLDER_PLACES } from '../desktop.ts';
import { projectId, taskId, workspaceId } from '../ids.ts';
import { fileDiff } from './diff.ts';
import { workspace, workspaceChanges, workspaceDetail } from './state.ts';

/** A file of a workspace, relative to it, with `/`. */
const fileInside = z.string().min(1).max(4096);

/** The calls on workspaces. */
export const workspaces = {
  list: base
    .route({ method: 'GET', path: '/workspaces', summary: 'All workspaces, newest first' })
    .input(z.strictObject({ projectId: projectId.optional(), taskId: taskId.optional() }))
    .output(z.array(workspaceDetail)),
  recorded: base
    .route({
      method: 'GET',
      path: '/workspace-records',
      summary: 'All workspaces as recorded, without asking git',
    })
    .input(z.strictObject({ projectId: projectId.optional(), taskId: taskId.optional() }))
    .output(z.array(workspace)),
  get: base
    .route({ method: 'GET', path: '/workspaces/{workspaceId}' })
    .input(z.strictObject({ workspaceId }))
    .output(workspaceDetail),
  remove: base
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}',
      summary: 'Remove a worktree; refused while dirty or unmerged unless `discard`, and then the work is kept first',
    })
    .input(z.strictObject({ workspaceId, discard: z.boolean().optional() }))
    .output(workspaceDetail),
  folder: base
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/folder',
      summary: 'Where a workspace, or a file in it, is, for a client that opens it; refused unless it is ready',
    })
    .input(z.strictObject({ workspaceId, path: fileInside.optional() }))
    .output(z.object({ folder: z.string(), file: z.string().optional() })),
  open: base
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/open',
      summary: 'Open a workspace in an editor, a terminal or the file manager of the machine that Drover is on',
    })
    .input(z.strictObject({ workspaceId, in: z.enum(FOLDER_PLACES), path: fileInside.optional() }))
    .output(z.object({ words: z.string() })),
  changes: base
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/changes',
      summary: 'The files that differ from the base commit, uncommitted and untracked ones included',
    })
    .input(z.strictObject({ workspaceId }))
    .output(workspaceChanges),
  files: base
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/files',
      summary: 'Files of a workspace whose path has these letters, those whose name begins with them first',
    })
    .input(
      z.strictObject({
        workspaceId,
        query: z.string().max(200).default(''),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ paths: z.array(z.string()) })),
  fileDiff: base
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/diff',
      summary: 'How one file differs from the base commit: its hunks and lines, at most 1 MB of them',
    })
    .input(z.strictObject({ workspaceId, path: fileInside }))
    .output(fileDiff),
};
