import { isAbsolute, join } from 'node:path';
import { describeSystemError } from '../base/system-error.ts';

/** A git command that failed. `message` names the command, the folder and what git said. */
export class GitError extends Error {
  readonly args: readonly string[];
  readonly cwd: string;
  /** Null when git could not be started or was stopped. */
  readonly exitCode: number | null;
  /** The end of what git wrote there. */
  readonly stderr: string;
  constructor(args: readonly string[], cwd: string, exitCode: number | null, stderr: string, cause?: unknown) {
    super(`git ${args.join(' ')} failed in ${cwd}${exitCode === null ? '' : ` (exit ${exitCode})`}: ${stderr}`, {
      cause,
    });
    this.name = 'GitError';
    this.args = args;
    this.cwd = cwd;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

const LINES_SHOWN = 6;
const WORDS_SHOWN = 800;
const MARK = /^(fatal|error): /;
/**
 * What git repeats of the system when that refuses something: the only words of git that are understood. Git has no other
 * sign of them, as it ends with 128 for everything, and a person needs to know what to mend. Nothing is decided by them:
 * they are replaced by our own sentence, and where they were not recognised git's are shown. They are those of the C
 * library in English, which `LC_ALL=C` of every git asks for.
 */
const REFUSALS: Readonly<Record<string, string>> = {
  'No space left on device': 'ENOSPC',
  'Disk quota exceeded': 'EDQUOT',
  'Read-only file system': 'EROFS',
  'Permission denied': 'EACCES',
};
const REFUSED = new RegExp(
  `(?:'([^']+)'|(?:file|directory|at) ([^'].*?)|(/[^':]+)|): (${Object.keys(REFUSALS).join('|')})$`,
);

/**
 * What git said, for a sentence to a person: what it failed of, which stands at the last line it marked so, with what
 * follows, and without its marks and hints. What the system refused is said in our words, with the path.
 */
export function gitWords(error: unknown): string {
  if (!(error instanceof GitError)) return fileWords(error);
  const lines = error.stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(hint: |Preparing worktree)/.test(line));
  let from = lines.findLastIndex((line) => MARK.test(line));
  // Git often says in one line what failed, and in the next what could not be done for that.
  for (let more = 0; more < 2 && MARK.test(lines[from - 1] ?? ''); more += 1) from -= 1;
  const said = from === -1 ? lines.slice(-3) : lines.slice(from, from + LINES_SHOWN);
  const refused = said.map((line) => refusal(line, error.cwd)).find((words) => words !== null);
  if (refused) return refused;
  const words = said.map((line) => line.replace(/^(fatal|error|warning): /, '')).join(' ');
  return words.slice(0, WORDS_SHOWN) || `git ${error.args[0] ?? ''} ended with exit ${error.exitCode}`;
}

function refusal(line: string, cwd: string): string | null {
  // A program that may not be run is another matter.
  if (/cannot (exec|run) /.test(line)) return null;
  const [, quoted, named, bare, words = ''] = REFUSED.exec(line) ?? [];
  const path = quoted ?? named ?? bare;
  const full = path === undefined ? cwd : isAbsolute(path) ? path : join(cwd, path);
  return describeSystemError(Object.assign(new Error(line), { code: REFUSALS[words], path: full }), null, false);
}

/** A failure of work on files as a sentence with the path, where the system refused it. */
export function fileWords(error: unknown): string {
  return describeSystemError(error, null, false) ?? (error instanceof Error ? error.message : String(error));
}
