import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import { gitWords } from '../git/git-error.ts';
import { type RepositoryInfo, repositoryInfo } from '../git/repository-info.ts';

/** Whether `path` is `folder` or lies in it; both absolute real paths. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/**
 * Looks whether a folder can become a project: an ordinary repository with at least one commit, not one of Drover's own
 * and not a worktree of another. A folder inside a repository stands for the repository. Each reason to refuse has its
 * own sentence.
 */
export async function checkFolder(path: string, dataFolder: string): Promise<Outcome<RepositoryInfo>> {
  if (path.includes('\0')) return reject('invalid', 'A path cannot hold a NUL character.');
  if (!isAbsolute(path))
    return reject('invalid', `The path ${path} is not absolute; give the whole path of the folder.`);
  let real: string;
  try {
    real = await realpath(path);
    if (!(await stat(real)).isDirectory())
      return reject('invalid', `${path} is a file; give the folder of a repository.`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return reject('not-found', `There is no folder ${path}.`);
    if (code === 'ENOTDIR') return reject('not-found', `There is no folder ${path}: a part of the path is a file.`);
    return reject('unavailable', `The folder ${path} cannot be read (${code ?? error}).`);
  }
  let info: RepositoryInfo | null;
  try {
    info = await repositoryInfo(real);
  } catch (error) {
    return reject('unavailable', `Git cannot work in ${path}: ${gitWords(error)}`);
  }
  const ownFolder = await realpath(dataFolder).catch(() => dataFolder);
  if (info?.linked) {
    const whose = isInside(info.top, ownFolder) ? 'a workspace that Drover made' : 'a worktree';
    return reject('invalid', `${info.top} is ${whose} of ${info.mainTop}; add ${info.mainTop} instead.`);
  }
  if (isInside(real, ownFolder)) return reject('invalid', `${path} lies in Drover’s own data folder.`);
  if (!info) return reject('invalid', `${path} is not a git repository; run git init in it and make a first commit.`);
  if (info.bare) return reject('invalid', `${path} is a bare repository; clone it and add the clone.`);
  if (!info.hasCommits) return reject('invalid', `${info.top} has no commits yet; make a first one, then add it.`);
  return accept(info);
}
