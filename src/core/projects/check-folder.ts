import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { isWithin } from '../base/is-within.ts';
import { fileWords, gitWords } from '../git/git-error.ts';
import { type RepositoryInfo, repositoryInfo } from '../git/repository-info.ts';
import { SAMPLES } from './sample.ts';

/**
 * Looks whether a folder can become a project: a repository with at least one commit, not one of Drover's own (but for
 * samples) and not a worktree of another. A folder inside a repository stands for the repository, and a worktree of a bare repository for
 * that. Each reason to refuse has its own sentence.
 */
export async function checkFolder(given: string, dataFolder: string): Promise<Result<RepositoryInfo>> {
  // As people write it where no shell reads it.
  const path = given.startsWith('~/') ? join(homedir(), given.slice(2)) : given;
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
    return reject('unavailable', fileWords(error));
  }
  let info: RepositoryInfo | null;
  const ownFolder = await realpath(dataFolder).catch(() => dataFolder);
  try {
    info = await repositoryInfo(real);
    if (info?.linked) {
      const main = await repositoryInfo(info.mainTop).catch(() => null);
      const known = main?.top === info.mainTop && !main.linked;
      const ours = isWithin(ownFolder, info.top);
      if (!known || !info.bareMain || ours) {
        const whose = ours ? 'a workspace that Drover made' : 'a worktree';
        if (known) return reject('invalid', `${info.top} is ${whose} of ${info.mainTop}; add ${info.mainTop} instead.`);
        return reject(
          'invalid',
          `${info.top} is ${whose} of the repository in ${info.commonFolder}; add the folder where that is checked out itself.`,
        );
      }
      info = main;
    }
  } catch (error) {
    return reject('unavailable', `Git cannot work in ${path}: ${gitWords(error)}`);
  }
  const isSample = isWithin(join(ownFolder, SAMPLES), info?.top ?? ownFolder);
  if (isWithin(ownFolder, real) && !isSample) return reject('invalid', `${path} is in Drover’s own data folder.`);
  if (!info) return reject('invalid', `${path} is not a git repository; run git init in it and make a first commit.`);
  if (!info.hasCommits) return reject('invalid', `${info.top} has no commits yet; make a first one, then add it.`);
  return accept(info);
}
