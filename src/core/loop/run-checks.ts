import type { Argv, Project } from '../../contract/project/state.ts';
import { truncate } from '../../contract/text.ts';
import type { RunCheck } from '../tools/checklist.ts';
import type { CheckResult, ConductPorts } from './conduct.ts';
import type { Recorder } from './recorder.ts';
import type { RunningTurn } from './scheduler.ts';
import type { StallWatch } from './stall/stall-watch.ts';
import type { Waits } from './waits.ts';

interface Deps {
  runId: string;
  recorder: Recorder;
  project: Project;
  runCheck: RunCheck;
  stallWatch: StallWatch;
  waits: Waits;
  /** Where the check that runs can be stopped. */
  running: Pick<RunningTurn, 'check'>;
}

/** The commands that must pass before a task is complete: the project's, then its own. */
export function createRunChecks({
  runId,
  recorder,
  project,
  runCheck,
  stallWatch,
  waits,
  running,
}: Deps): Pick<ConductPorts, 'hasChecks' | 'runChecks'> {
  const checks = (): Argv[] => [...project.checks, ...recorder.task().checks];

  async function watched(command: Argv) {
    const id = `check ${command.join(' ')}`;
    const stopped = new AbortController();
    running.check = { id, stop: () => stopped.abort() };
    stallWatch.begin(id, `The check “${truncate(command.join(' '), 80)}”`);
    try {
      const onOutput = (text: string) => stallWatch.output(id, text);
      return await runCheck(recorder.task(), command, { onOutput, signal: stopped.signal });
    } finally {
      running.check = null;
      stallWatch.end(id);
    }
  }

  return {
    hasChecks: () => checks().length > 0,
    async runChecks(): Promise<CheckResult | null> {
      for (const command of checks()) {
        const words = truncate(`Runs the check ${command.join(' ')}`, 200);
        recorder.record({ type: 'phase.changed', runId, phase: 'working', words });
        const { ok, exitCode, output, durationMs } = await waits.orStopped(watched(command));
        recorder.record({
          type: 'check.settled',
          runId,
          command,
          itemId: null,
          ok,
          exitCode,
          output: recorder.keep(output),
          durationMs,
        });
        if (!ok) return { ok, command, exitCode, output };
      }
      return null;
    },
  };
}
