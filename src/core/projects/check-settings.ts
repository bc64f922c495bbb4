import { isAbsolute, win32 } from 'node:path';
import type { ProjectSettings } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { isBranchName } from '../git/branch-name.ts';

/** What the shape of settings cannot say: paths stay inside the project, the prefix makes branch names git accepts. */
export function checkSettings(settings: Partial<ProjectSettings>): Result<null> {
  for (const path of settings.copy ?? []) {
    const problem = copyProblem(path);
    if (problem) return reject('invalid', `${JSON.stringify(path)} cannot be copied into workspaces: ${problem}.`);
  }
  for (const command of [...(settings.setup ?? []), ...(settings.checks ?? [])]) {
    if (command.some((word) => word.includes('\0'))) {
      return reject('invalid', 'A command cannot hold a NUL character.');
    }
  }
  const { branchPrefix } = settings;
  if (branchPrefix !== undefined && !isBranchName(`${branchPrefix}a`)) {
    return reject(
      'invalid',
      `${JSON.stringify(branchPrefix)} cannot begin the name of a branch; take one like drover/.`,
    );
  }
  return accept(null);
}

function copyProblem(path: string): string | null {
  if (path.includes('\0')) return 'it holds a NUL character';
  if (isAbsolute(path) || win32.isAbsolute(path)) return 'it must be relative to the project';
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return 'it must not hold ..';
  if (parts.length === 0) return 'the whole project cannot be copied';
  if (parts.some((part) => part.toLowerCase() === '.git')) return 'git’s own folder is not copied';
  return null;
}
