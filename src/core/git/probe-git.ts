import { tmpdir } from 'node:os';
import type { GitProbe } from '../../contract/project/state.ts';
import { findVersion, isOlder } from '../process/version.ts';
import { gitWords } from './git-error.ts';
import { runGit } from './run-git.ts';

/** The oldest git whose worktrees can do what Drover asks of them. */
export const OLDEST_GIT = '2.38';
/** What git says of itself; systems add words of their own behind it. */
export const GIT_LINE = /^git version (\d+\.\d+(?:\.\d+)?)/;

/** Looks whether git is there, and what to do if it is not. Never rejects. */
export async function probeGit(env?: Readonly<Record<string, string | undefined>>): Promise<GitProbe> {
  let output: string;
  try {
    output = await runGit({ cwd: tmpdir(), args: ['--version'], env });
  } catch (error) {
    return {
      version: null,
      problem: `git cannot be started: ${gitWords(error)}`,
      hint: 'Install git, for example with “apt install git” or from git-scm.com, and look again.',
    };
  }
  const version = findVersion(output, GIT_LINE);
  if (version !== null && !isOlder(version, OLDEST_GIT)) return { version, problem: null, hint: null };
  return {
    version,
    problem:
      version === null
        ? 'The program git did not say which git it is.'
        : `This git is older than ${OLDEST_GIT}, for which Drover is made.`,
    hint: 'Most things work; install a newer one when you can.',
  };
}
