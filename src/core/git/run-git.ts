import { simpleGit } from 'simple-git';
import { createSlots } from '../base/slots.ts';
import { agentEnvironment } from '../process/environment.ts';
import { GitError } from './git-error.ts';

const STDERR_KEPT = 4 * 1024;
/** More git processes at once gain nothing, and hundreds of them run into the limits of the system. */
const slots = createSlots(16);

export interface GitOptions {
  /** An existing folder. */
  cwd: string;
  args: readonly string[];
  /** Whether the repository's own hooks and file monitor may run. Default false. */
  trusted?: boolean;
  /** For commands that change something: takes locks where it likes to. Default false. */
  writes?: boolean;
  /** Default: the environment of this process. */
  env?: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal;
}

/** The only variables of git's own that are passed on: who commits, and where the user keeps the configuration. */
const PASSED = /^GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)$|^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$/;
/** Ways to ask a person or to page, for which there is nobody here. */
const INTERACTIVE = new Set(['EDITOR', 'VISUAL', 'PAGER', 'SSH_ASKPASS', 'PREFIX']);

/**
 * Runs git and gives what it printed. Rejects with `GitError` whenever git ends with anything but 0.
 *
 * Arguments are passed as they are, so callers keep a person's text behind `--` or inside a longer argument such as
 * `refs/heads/<text>`; simple-git checks them once more for options that execute something.
 *
 * The environment has no repository of an outer git command, asks nobody, and speaks English. In a repository that is
 * not trusted no hook runs (`core.hooksPath`), no file monitor is started (`core.fsmonitor`), and the verbs that show
 * differences pass `--no-ext-diff --no-textconv`. What git's configuration names as a filter (`filter.*.clean`, as Git
 * LFS does) still runs, since files would be wrong without it: it can be defined only in the user's own configuration
 * or in the `.git/config` of the clone, which cloning never brings along, not by files of the repository.
 */
export function runGit(options: GitOptions): Promise<string> {
  return slots.run(() => run(options));
}

async function run(options: GitOptions): Promise<string> {
  const { cwd, args, trusted = false, writes = false, signal } = options;
  const env = gitEnvironment(options.env ?? process.env, writes);
  const all = trusted ? [...args] : ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', ...args];
  const fail = (exitCode: number | null, words: string, cause?: unknown) =>
    new GitError(args, cwd, exitCode, words.slice(-STDERR_KEPT).trim(), cause);

  let failure: GitError | null = null;
  try {
    const git = simpleGit({
      baseDir: cwd,
      allowEnvironment: Object.keys(env),
      // Ours alone: the two settings above and the places of the user's configuration.
      unsafe: { allowUnsafeHooksPath: true, allowUnsafeFsMonitor: true, allowUnsafeConfigPaths: true },
      abort: signal,
      errors(error, result) {
        if (!error && result.exitCode === 0) return undefined;
        const words = Buffer.concat(result.stdErr).toString('utf8') || (error ? String(error) : '');
        // A failure to start comes as the stack of an error in place of what git wrote.
        failure = /^Error: spawn \S+ ENOENT/.test(words)
          ? fail(null, 'The program git was not found.', error)
          : fail(result.exitCode, words, error);
        return failure;
      },
    });
    return await git.env(env).raw(all);
  } catch (error) {
    if (failure) throw failure;
    const words = error instanceof Error ? error.message : String(error);
    throw fail(null, words, error);
  }
}

/** Like `runGit`; null when git ends with exit 1 and nothing to say, which is how some commands answer no. */
export async function askGit(options: GitOptions): Promise<string | null> {
  try {
    return await runGit(options);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1 && error.stderr === '') return null;
    throw error;
  }
}

function gitEnvironment(base: Readonly<Record<string, string | undefined>>, writes: boolean): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(agentEnvironment(base))) {
    if (name.startsWith('GIT_') ? PASSED.test(name) : !INTERACTIVE.has(name)) env[name] = value;
  }
  return {
    ...env,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    ...(writes ? {} : { GIT_OPTIONAL_LOCKS: '0' }),
  };
}
