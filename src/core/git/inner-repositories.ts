import { join } from 'node:path';
import { headCommit } from './head-commit.ts';
import { askGit, runGit } from './run-git.ts';
import { isRepository, namedSubmodules } from './submodules.ts';

/** A repository inside a worktree, of which the branch holds only a pointer to a commit. */
export interface InnerRepository {
  /** Relative to the worktree. */
  path: string;
  /** Named in `.gitmodules`, so that others can get it; else only its pointer was committed. */
  submodule: boolean;
  /** False where its folder is empty. */
  initialised: boolean;
  /** Files changed or untracked in it. */
  changes: number;
  /** Commits that no remote branch or tag of it has, and that were not there when the workspace was made. */
  ownCommits: number;
}

const GITLINK = '160000';

/** The repositories that a worktree points to. One git process where there are none. `base` is the commit it began at. */
export async function innerRepositories(cwd: string, base: string): Promise<InnerRepository[]> {
  const paths = links(await runGit({ cwd, args: ['ls-files', '--stage', '-z'] }));
  if (paths.length === 0) return [];
  const [named, before] = await Promise.all([namedSubmodules(cwd), pinned(cwd, base)]);
  const found: InnerRepository[] = [];
  for (const path of paths) {
    const folder = join(cwd, path);
    const initialised = await isRepository(folder);
    const submodule = named.has(path);
    if (initialised) found.push({ path, submodule, initialised, ...(await lookInto(folder, before.get(path))) });
    else found.push({ path, submodule, initialised, changes: 0, ownCommits: 0 });
  }
  return found;
}

async function lookInto(cwd: string, pin: string | undefined): Promise<{ changes: number; ownCommits: number }> {
  const text = await runGit({ cwd, args: ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames'] });
  const changes = text.split('\0').length - 1;
  if ((await headCommit(cwd)) === null) return { changes, ownCommits: 0 };
  const known = pin !== undefined && (await hasObject(cwd, pin));
  const args = ['rev-list', '--count', 'HEAD', '--branches', '--glob=refs/stash', '--not', '--remotes', '--tags'];
  const ownCommits = Number(await runGit({ cwd, args: known ? [...args, pin] : args }));
  return { changes, ownCommits };
}

async function hasObject(cwd: string, id: string): Promise<boolean> {
  return (await askGit({ cwd, args: ['cat-file', '-e', id], expect: [0, 1] })).exitCode === 0;
}

/** `<mode> <hash> <stage>`, tab, path, NUL. */
function links(text: string): string[] {
  const paths = new Set<string>();
  for (const line of text.split('\0'))
    if (line.startsWith(`${GITLINK} `)) paths.add(line.slice(line.indexOf('\t') + 1));
  return [...paths];
}

/** The commits that the pointers of `commit` name. */
async function pinned(cwd: string, commit: string): Promise<Map<string, string>> {
  const pins = new Map<string, string>();
  const text = await runGit({ cwd, args: ['ls-tree', '-r', '-z', '--full-tree', commit] });
  for (const line of text.split('\0')) {
    // `<mode> commit <hash>`, tab, path.
    if (line.startsWith(`${GITLINK} `)) pins.set(line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/, 3)[2] ?? '');
  }
  return pins;
}
