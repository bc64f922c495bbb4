import { tmpdir } from 'node:os';
import type { GitProbe } from '../../contract/project/state.ts';
import { gitWords } from './git-error.ts';
import { runGit } from './run-git.ts';

/** The oldest git whose worktrees can do what Drover asks of them. */
export const OLDEST_GIT = [2, 38] as const;

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
  const version = /\d+\.\d+(?:\.\d+)?/.exec(output)?.[0] ?? null;
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_GIT;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
    return { version, problem: null, hint: null };
  }
  return {
    version,
    problem: `This git is older than ${OLDEST_GIT.join('.')}, for which Drover is made.`,
    hint: 'Most things work; install a newer one when you can.',
  };
}
