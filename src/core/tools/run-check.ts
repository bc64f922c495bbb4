import { type EnvironmentOfUser, runForUser } from '../process/run-for-user.ts';
import type { RunCheck } from './checklist.ts';

const CHECK_TIMEOUT_MS = 30 * 60 * 1000;
const OUTPUT_KEPT = 256 * 1024;

/** Runs checks in the workspace of the task, in the user's environment and without a shell. */
export function createRunCheck(environment: EnvironmentOfUser): RunCheck {
  return async (task, command, onOutput) => {
    if (!task.workspace) return { ok: false, exitCode: null, output: 'There is no workspace yet.', durationMs: 0 };
    const done = await runForUser(environment, {
      argv: [...command],
      cwd: task.workspace.path,
      timeoutMs: CHECK_TIMEOUT_MS,
      maxOutputBytes: OUTPUT_KEPT,
      marker: task.run?.id,
      ...(onOutput ? { onOutput: (chunk: Buffer) => onOutput(chunk.toString('utf8')) } : {}),
    });
    const why = done.problem ?? (done.timedOut ? `Stopped after ${CHECK_TIMEOUT_MS / 60_000} minutes.` : null);
    const output = why === null ? done.output : `${done.output}\n${why}`.trim();
    return { ok: done.exitCode === 0, exitCode: done.exitCode, output, durationMs: done.durationMs };
  };
}
