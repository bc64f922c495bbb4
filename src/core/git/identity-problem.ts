import { GitError, gitWords } from './git-error.ts';
import { runGit } from './run-git.ts';

/** Why git cannot commit in somebody's name, as a sentence; null when it can. */
export async function identityProblem(cwd: string): Promise<string | null> {
  try {
    for (const who of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) await runGit({ cwd, args: ['var', who] });
    return null;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return `Git does not know in whose name to commit (${gitWords(error)}); set user.name and user.email.`;
  }
}
