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

/** What git said, for a sentence to a person: its last lines without the marks and without what it says of its progress. */
export function gitWords(error: unknown): string {
  if (!(error instanceof GitError)) return error instanceof Error ? error.message : String(error);
  const lines = error.stderr
    .split('\n')
    .map((line) => line.replace(/^(fatal|error|warning|hint): /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('Preparing worktree'));
  return lines.slice(-3).join(' ') || `git ${error.args[0] ?? ''} ended with exit ${error.exitCode}`;
}
