import { truncate } from '../../contract/text.ts';
import { gitWords } from '../git/git-error.ts';
import type { ConductPorts } from './conduct.ts';
import { createRunChecks } from './run-checks.ts';
import type { RunParts } from './run-parts.ts';
import { createRunSession, runsInTerminal } from './run-session.ts';
import { loadImages } from './shown-images.ts';
import { waitUntil, whenWords } from './wait-until.ts';
import { Stopped } from './waits.ts';

/** What the loop of a run works through: the log, the workspace, the agent and the clock. */
export function createRunPorts(parts: RunParts): ConductPorts {
  const { run, halt, waits, turns, workspace, checkpoints, stallWatch, stalls } = parts;
  const { recorder, runId, backend, project, clock, asking } = run;
  const { orStopped } = waits;
  const session = createRunSession(parts);
  const turnNo = () => recorder.task().run?.turns ?? 0;
  let startedAt = performance.now();

  /** What git says of the workspace; null where it cannot. */
  async function seen<T>(look: (folder: string) => Promise<T>): Promise<T | null> {
    const folder = recorder.task().workspace?.path;
    if (folder === undefined) return null;
    try {
      return await orStopped(look(folder));
    } catch (error) {
      if (error instanceof Stopped) throw error;
      run.logger.warn('what a person has changed cannot be seen', { words: gitWords(error) });
      return null;
    }
  }

  return {
    runId,
    mcp: backend.capabilities.mcp,
    images: backend.capabilities.images && !runsInTerminal(backend, recorder.task()),
    // In a terminal it gets its prompts as they are, and a person types its commands there.
    isCommand: (text) => !runsInTerminal(backend, recorder.task()) && run.isCommand(text),
    task: recorder.task,
    record: recorder.record,
    async enterWorkspace() {
      recorder.record({ type: 'phase.changed', runId, phase: 'starting', words: 'Prepares the workspace.' });
      const [entered] = await orStopped(Promise.all([run.enterWorkspace(), asking.prepare(project)]));
      const { workspace: made } = recorder.task();
      if (entered.ok && made) workspace.begin(made.path);
      return entered;
    },
    openSession: session.open,
    releaseSession: session.release,
    givenBack: () => orStopped(run.givenBack(halt)),
    askedAgain: (until) => orStopped(run.askedAgain(AbortSignal.any([halt, until]))),
    get inTerminal() {
      return runsInTerminal(backend, recorder.task());
    },
    beginCheckpoint: checkpoints.begin,
    checkpointed: () => orStopped(checkpoints.over()),
    lookAtWork: () => seen((folder) => run.lookAtWork(folder)),
    workSince: (before) => seen((folder) => run.workSince(folder, before)),
    unanswered() {
      const task = recorder.task();
      // The run before, unless this one has asked already.
      return task.run === null
        ? []
        : asking.unanswered(task.run.turns > 0 ? task.run.id : `${task.id}.${task.run.no - 1}`);
    },
    stalled: () => stalls.splice(0),
    requestTurn(kind, prompt, messageIds) {
      recorder.beginTurn();
      const kept = recorder.keep(prompt);
      recorder.record({ type: 'turn.requested', runId, turn: turnNo() + 1, kind, prompt: kept, messageIds });
    },
    async turn(open, prompt, files) {
      await orStopped(recorder.written());
      const { images, lost } = await orStopped(loadImages(files));
      for (const name of lost) recorder.record({ type: 'notice.recorded', runId, ...notShown(name) });
      session.beginTurn();
      startedAt = performance.now();
      const running = turns.run(open, prompt, recorder.task().limits, backend.capabilities.clocked, images);
      if (workspace.gone.aborted) void open.interrupt();
      const done = await orStopped(running);
      const { error } = done.result;
      if (error?.code === 'session-unknown') session.lose(error.words);
      return { ...done, ...session.seen() };
    },
    lost: () => orStopped(run.lostWorkspace(recorder.task(), project)),
    leaveSession: session.leave,
    settleTurn({ result, error, usage, costUsd }) {
      // An agent that is interrupted ends its commands, and need not say so.
      if (result !== 'ok') stallWatch.close();
      const durationMs = Math.round(performance.now() - startedAt);
      recorder.record({ type: 'turn.settled', runId, turn: turnNo(), result, error, usage, costUsd, durationMs });
    },
    ...createRunChecks({
      runId,
      recorder,
      project,
      runCheck: run.runCheck,
      stallWatch,
      waits,
      running: run.runningTurn,
    }),
    limitReached: (ms, words) => run.limitReached(clock.now() + ms, words),
    async delay(ms, words, attempt) {
      const at = clock.now() + ms;
      const told = truncate(`Tries again ${whenWords(at, clock.now())}: ${words}`, 200);
      recorder.record(
        { type: 'retry.scheduled', runId, attempt, delayMs: ms, words },
        { type: 'phase.changed', runId, phase: 'idle', words: told },
      );
      await orStopped(waitUntil(run.due, at, AbortSignal.any([halt, workspace.gone])));
    },
  };
}

function notShown(name: string) {
  const words = `The image ${name} could no longer be read, so the agent was not shown it.`;
  return { level: 'warning', code: 'image-lost', words: truncate(words, 500) } as const;
}
