import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Client } from '../../contract/client.ts';
import type { Project } from '../../contract/project/state.ts';
import type { Context } from '../context.ts';
import { badInput, Failure } from '../failure.ts';

/** The project named by id, name or path. */
export async function findProject(context: Context, client: Client, named: string): Promise<Project> {
  return matchProject(await client.projects.list(), named, realPath(resolve(context.cwd, named)));
}

/** The project named, or where none is named the one that contains the current folder. */
export async function chooseProject(context: Context, client: Client, named: string | undefined): Promise<Project> {
  if (named !== undefined) return findProject(context, client, named);
  const folder = realPath(context.cwd);
  const project = containingProject(await client.projects.list(), folder);
  if (project) return project;
  throw badInput(
    `${folder} is in no project of Drover. Name one with --project, or add this repository with \`drover project add .\`.`,
  );
}

/** Picks by id, then by name, then by path; throws when there is none, or when a name fits several. */
export function matchProject(projects: readonly Project[], named: string, path: string): Project {
  const byId = projects.find(({ id }) => id === named);
  if (byId) return byId;
  const byName = projects.filter(({ name }) => name === named);
  if (byName.length > 1) {
    throw badInput(
      `Several projects are named “${named}”; name one by its id.`,
      byName.map(({ id }) => id),
    );
  }
  const found = byName[0] ?? projects.find((project) => project.path === path);
  if (found) return found;
  throw new Failure(
    'not-found',
    `There is no project with the id, name or path “${named}”. \`drover project list\` shows all.`,
  );
}

/** The innermost project whose folder is `folder` or contains it. */
export function containingProject(projects: readonly Project[], folder: string): Project | undefined {
  return projects
    .filter(({ path }) => folder === path || folder.startsWith(path.endsWith(sep) ? path : path + sep))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
