import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readUserFile } from './own-settings.ts';
import { record } from './protocol.ts';

/** What the program reads of a repository that is trusted: instructions, settings with hooks, skills, MCP servers. */
const OF_REPOSITORY = ['CLAUDE.md', 'CLAUDE.local.md', 'AGENTS.md', '.claude', '.mcp.json'];
const SERVERS_NAMED = 5;

/** What a session in `cwd` goes without because its project is not trusted, as a sentence; null where it is nothing. */
export async function leftOut(env: Readonly<Record<string, string>>, cwd: string): Promise<string | null> {
  const there = await Promise.all(OF_REPOSITORY.map((name) => exists(path.join(cwd, name))));
  const files = OF_REPOSITORY.filter((_, at) => there[at]);
  const servers = await serversOfProject(env, cwd);
  const parts = [
    ...(files.length > 0 ? [`without ${list(files)} of the repository`] : []),
    ...(servers.length > 0 ? [`without the MCP ${serverWords(servers)} that you added for this project alone`] : []),
  ];
  if (parts.length === 0) return null;
  const advice = 'Trust the project in its settings, or with `drover project trust`, if you know who wrote them.';
  return `This project is not trusted, so Claude Code runs ${parts.join(', and ')}. ${advice}`;
}

function serverWords(names: readonly string[]): string {
  const shown = names.slice(0, SERVERS_NAMED);
  const more = names.length - shown.length;
  return `${names.length === 1 ? 'server' : 'servers'} ${list(more > 0 ? [...shown, `${more} more`] : shown)}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The user's own servers that the program keeps with the folder of the project: it counts them to its trust. */
async function serversOfProject(env: Readonly<Record<string, string>>, cwd: string): Promise<string[]> {
  const projects = record((await readUserFile(env)).projects);
  const folders = [cwd, await repositoryOf(cwd)];
  return [...new Set(folders.flatMap((folder) => Object.keys(record(record(projects[folder]).mcpServers))))];
}

/** The folder of the repository that a worktree belongs to; `cwd` where it is none. */
async function repositoryOf(cwd: string): Promise<string> {
  try {
    const link = await readFile(path.join(cwd, '.git'), 'utf8');
    return /^gitdir: (.+)[/\\]\.git[/\\]worktrees[/\\][^/\\]+\s*$/.exec(link)?.[1] ?? cwd;
  } catch {
    return cwd;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
