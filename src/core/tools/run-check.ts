import { type EnvironmentOfUser, runForUser } from '../process/run-for-user.ts';
import type { RunCheck } from './checklist.ts';

const CHECK_TIMEOUT_MS = 30 * 60 * 1000;
/** For a person and the agent: it may have been about to pass. */
const STOPPED = 'The user stopped this check before it had finished.';
const OUTPUT_KEPT = 256 * 1024;

/** Runs checks in the workspace of the task, in the user's environment and without a shell. */
export function createRunCheck(environment: EnvironmentOfUser): RunCheck {
  return async (task, command, options) => {
    if (!task.workspace) return { ok: false, exitCode: null, output: 'There is no workspace yet.', durationMs: 0 };
    const done = await runForUser(environment, {
      argv: [...command],
      cwd: task.workspace.path,
      timeoutMs: CHECK_TIMEOUT_MS,
      maxOutputBytes: OUTPUT_KEPT,
      marker: task.run?.id,
      signal: options?.signal,
      onOutput: (chunk) => options?.onOutput(chunk.toString('utf8')),
    });
    const limit = done.timedOut ? `Stopped after ${CHECK_TIMEOUT_MS / 60_000} minutes.` : null;
    const why = done.aborted ? STOPPED : (done.problem ?? limit);
    const output = why === null ? done.output : `${done.output}\n${why}`.trim();
    return { ok: done.exitCode === 0 && !done.aborted, exitCode: done.exitCode, output, durationMs: done.durationMs };
  };
}
