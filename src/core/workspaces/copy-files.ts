import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, realpath, symlink } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ifThere } from '../base/if-there.ts';

/** What was left out, and why; for the log. */
export interface Skipped {
  path: string;
  why: string;
}

/**
 * Copies files and folders (relative paths) from the project into a new workspace. Never overwrites anything: what git
 * has checked out stays. Never reads outside the project: an entry that is a link to elsewhere is left out, links
 * inside a copied folder are copied as links. Never writes outside the workspace: an entry below a link that the
 * repository has checked out is left out. A file that is not there is left out. Other failures (a full disk) reject.
 */
export async function copyFiles(project: string, workspace: string, paths: readonly string[]): Promise<Skipped[]> {
  const skipped: Skipped[] = [];
  for (const path of paths) {
    const why = await copyEntry(project, workspace, path);
    if (why) skipped.push({ path, why });
  }
  return skipped;
}

async function copyEntry(project: string, workspace: string, path: string): Promise<string | null> {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..') || isAbsolute(path)) return 'not a path inside the project';
  if (parts[0]?.toLowerCase() === '.git') return 'git’s own folder';
  let source: string;
  try {
    // All links of the entry itself are followed here, and the target must still lie in the project.
    source = await realpath(join(project, ...parts));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'not there';
    throw error;
  }
  const way = relative(await realpath(project), source);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return 'a link out of the project';
  if (way.split(sep)[0]?.toLowerCase() === '.git') return 'git’s own folder';
  let target = workspace;
  for (const part of parts.slice(0, -1)) {
    target = join(target, part);
    if (!(await enterFolder(target))) return 'below a link or file of the repository';
  }
  await copyTree(source, join(target, parts[parts.length - 1] ?? ''));
  return null;
}

/** Makes sure of a real folder; false when something else has the name. */
async function enterFolder(path: string): Promise<boolean> {
  const there = await ifThere(lstat(path));
  if (there) return there.isDirectory();
  await mkdir(path);
  return true;
}

async function copyTree(source: string, target: string): Promise<void> {
  const stat = await ifThere(lstat(source));
  if (!stat) return;
  if (stat.isDirectory()) {
    if (!(await enterFolder(target))) return;
    for (const name of await readdir(source)) {
      // A repository inside the project keeps its own .git; copied, it would claim the same worktrees.
      if (name !== '.git') await copyTree(join(source, name), join(target, name));
    }
    return;
  }
  if (await ifThere(lstat(target))) return;
  if (stat.isSymbolicLink()) await symlink(await readlink(source), target);
  else if (stat.isFile()) await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}
