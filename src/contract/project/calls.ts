import * as z from 'zod';
import { base } from '../call.ts';
import { projectId } from '../ids.ts';
import { branch, gitProbe, listedProject, projectDetail, projectSettings } from './state.ts';

/** The calls on projects. */
export const projects = {
  add: base
    .route({ method: 'POST', path: '/projects', summary: 'Add a git repository' })
    .input(
      z.strictObject({
        path: z.string().min(1).max(4096),
        name: z.string().min(1).max(120).optional(),
        trusted: z.boolean().optional(),
      }),
    )
    .output(projectDetail),
  sample: base
    .route({
      method: 'POST',
      path: '/projects/sample',
      summary: 'A sample project in the data folder, made when there is none',
    })
    .output(projectDetail),
  list: base
    .route({ method: 'GET', path: '/projects', summary: 'All projects, by name' })
    .output(z.array(listedProject)),
  get: base
    .route({ method: 'GET', path: '/projects/{projectId}' })
    .input(z.strictObject({ projectId }))
    .output(projectDetail),
  trust: base
    .route({
      method: 'POST',
      path: '/projects/{projectId}/trust',
      summary: 'Let the repository’s own hooks, MCP servers and settings run, or no longer',
    })
    .input(z.strictObject({ projectId, trusted: z.boolean() }))
    .output(projectDetail),
  branches: base
    .route({
      method: 'GET',
      path: '/projects/{projectId}/branches',
      summary: 'Branches and tags a workspace can begin from, the newest first',
    })
    .input(
      z.strictObject({
        projectId,
        search: z.string().max(200).optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ branches: z.array(branch), more: z.boolean() })),
  git: base
    .route({ method: 'GET', path: '/git', summary: 'Whether git is there, and what to do if not' })
    .output(gitProbe),
  set: base
    .route({
      method: 'PATCH',
      path: '/projects/{projectId}',
      summary: 'Change name or settings, or say where the folder is now',
    })
    .input(
      z.strictObject({
        projectId,
        name: z.string().min(1).max(120).optional(),
        path: z.string().min(1).max(4096).optional(),
        settings: projectSettings.partial().strict().optional(),
      }),
    )
    .output(projectDetail),
  remove: base
    .route({
      method: 'DELETE',
      path: '/projects/{projectId}',
      summary: 'Remove a project; its folder is never touched',
    })
    .input(z.strictObject({ projectId }))
    .output(z.object({ projectId })),
};
