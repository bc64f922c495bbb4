import { randomUUID } from 'node:crypto';
import type { Project } from '../../contract/project/state.ts';
import type { RunEvent } from '../../contract/run/events.ts';
import type { Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import type { JudgeContexts } from '../approvals/context.ts';
import type { LiveQuestions } from '../approvals/live.ts';
import {
  type AgentSession,
  type Backend,
  BackendFailure,
  type SessionEntry,
  type SessionOptions,
} from '../backends/backend.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { untrustedGitEnvironment } from '../git/untrusted-environment.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { RunCheck } from '../tools/checklist.ts';
import type { TaskTokens } from '../tools/tokens.ts';
import type { AgentCommands } from './agent-commands.ts';
import { createAsk } from './ask.ts';
import { type ConductPorts, conduct, type Ending, failedToOpen } from './conduct.ts';
import { endLeft } from './end-left.ts';
import { NotRecorded } from './held-events.ts';
import type { LostWorkspace } from './lost-workspace.ts';
import { createSessionHolder } from './open-session.ts';
import type { Recorder } from './recorder.ts';
import { createRunChecks } from './run-checks.ts';
import type { RunningTurn } from './scheduler.ts';
import { createStallWatch } from './stall/stall-watch.ts';
import { watchSession } from './stall/watch-session.ts';
import { createTurnRunner } from './turn.ts';
import { waitUntil, whenWords } from './wait-until.ts';
import { createWaits, Stopped } from './waits.ts';
import { watchFolder } from './watch-folder.ts';

const INTERRUPT_MS = 2000;
/** How long what the run waited for may take to notice that the run stops, beyond the grace. */
const NOTICE_MS = 2000;

export interface RunDeps {
  recorder: Recorder;
  runId: string;
  backend: Backend;
  project: Project;
  clock: Clock;
  tokens: TaskTokens;
  logger: Logger;
  /** Where agents reach the server. */
  address: string;
  /** Environment for an agent. */
  environment(): Promise<Record<string, string>>;
  enterWorkspace: ConductPorts['enterWorkspace'];
  runCheck: RunCheck;
  live: LiveQuestions;
  judgeContexts: JudgeContexts;
  agentCommands: Pick<AgentCommands, 'register'>;
  lostWorkspace: LostWorkspace;
  /** Takes away the locks that a git which was ended has left in the workspace. Never rejects. */
  tidyWorkspace(): Promise<void>;
  ruleUsed(ruleId: string): void;
  /** How long a command may be silent after what looks like a question; milliseconds. */
  stallMs(): number;
  /** What an earlier run asked and nobody answered. */
  unanswered(runId: string): string[];
  /** Resolves when no item is open any more. */
  checklistSettled(signal: AbortSignal): Promise<void>;
  /** Aborted when the run is to stop. */
  signal: AbortSignal;
  /** Gets what ends the turn for a message. */
  runningTurn: RunningTurn;
  /** After an interrupt, the processes of a run get this long to end by themselves; milliseconds. */
  stopGraceMs: number;
  /** Aborted when the host closes, and what does not end is left to the next one. */
  closing: AbortSignal;
}

/**
 * Carries out one run and answers how it ended, or null when it was stopped through the signal. When this resolves, no
 * process that bears the marker of the run is left, however far the run had come.
 */
export async function runTask(deps: RunDeps): Promise<Ending | null> {
  const { recorder, runId, backend, project, clock, tokens, logger, signal } = deps;
  const turns = createTurnRunner(clock);
  deps.runningTurn.yield = turns.yield;
  const token = tokens.issue(recorder.task().id);
  const broken = new AbortController();
  const halt = AbortSignal.any([signal, broken.signal]);
  const waits = createWaits(halt);
  const { orStopped } = waits;
  const holder = createSessionHolder({ backend, clock, logger, halt, graceMs: deps.stopGraceMs });
  /** Stalls the agent has not been told of. */
  let stalls: string[] = [];
  let answered = false;
  let progressed = false;
  let opens = 0;
  let startedAt = performance.now();
  const gone = new AbortController();
  let unwatch = () => {};

  function recordOrBreak(event: RunEvent): void {
    try {
      recorder.record(event);
    } catch (error) {
      broken.abort(error instanceof NotRecorded ? error : new NotRecorded(String(error)));
    }
  }

  const stallWatch = createStallWatch({
    clock,
    silentMs: deps.stallMs,
    noticed({ id, words, tail }) {
      stalls.push(words);
      const check = deps.runningTurn.check?.id === id ? { check: true as const } : {};
      recordOrBreak({ type: 'stall.noticed', runId, callId: id, words, tail, ...check });
    },
    cleared: (id) => recordOrBreak({ type: 'stall.cleared', runId, callId: id }),
  });

  async function openSession(resume: boolean): Promise<AgentSession> {
    const task = recorder.task();
    const { workspace } = task;
    refuseUnasked(backend, task);
    if (!workspace) throw new Error(`Task ${task.id} has no workspace.`);
    const known = resume ? task.sessionId : null;
    // The id that was recorded as the intent is used once: a program that died may have taken it already.
    const sessionId = known ?? (opens === 0 ? task.run?.sessionId : null) ?? randomUUID();
    opens += 1;
    const again = opens > 1 ? ' again' : '';
    const words = `Starts the agent ${backend.name}${again}.`;
    recorder.record({ type: 'phase.changed', runId, phase: 'starting', words });
    await orStopped(recorder.written());
    // The agent before may have been killed in the middle of a commit.
    if (opens > 1) await orStopped(deps.tidyWorkspace());
    const own = await orStopped(deps.environment());
    const environment = project.trusted ? own : untrustedGitEnvironment(own);
    progressed = false;
    const told = recorder.report({
      alive: turns.alive,
      responded() {
        answered = true;
        turns.responded();
      },
      failed(error) {
        logger.error('the run cannot be written down and is ended', { error: error.message });
        broken.abort(error);
      },
    });
    const options: SessionOptions = {
      taskId: task.id,
      runId,
      cwd: workspace.path,
      sessionId,
      resume: known !== null,
      model: task.agent.model,
      effort: task.agent.effort,
      autonomy: task.autonomy,
      trusted: project.trusted,
      program: programOf(project, backend.name),
      env: {
        ...environment,
        DROVER_URL: deps.address,
        DROVER_TASK: task.id,
        DROVER_TASK_TOKEN: token,
        DROVER_RUN: runId,
      },
      marker: runId,
      tools: { url: `${deps.address}/mcp`, token },
      report: watchSession({ ...told, entry: (entry) => told.entry(watched(entry)) }, stallWatch),
      ask,
      unasked,
      settled: (until) => deps.checklistSettled(until),
      logger,
    };
    try {
      return await orStopped(holder.open(options, task.limits.firstResponseMs));
    } catch (error) {
      if (error instanceof BackendFailure && error.code === 'session-unknown' && known)
        loseSession(known, error.message);
      throw error;
    }
  }

  /** A call that succeeds is progress; one that fails may be the first sign that the workspace is gone. */
  function watched(entry: SessionEntry): SessionEntry {
    if (entry.type !== 'tool-settled') return entry;
    if (entry.ok) progressed = true;
    else lookForWorkspace();
    return entry;
  }

  /** Without its workspace, a run has nothing to wait for. */
  function lookForWorkspace(): void {
    void deps.lostWorkspace(recorder.task(), project).then((lost) => {
      if (!lost) return;
      gone.abort();
      void holder.session?.interrupt();
    });
  }

  function loseSession(lost: string, words: string): void {
    recorder.record(
      { type: 'session.lost', runId, sessionId: randomUUID(), words },
      {
        type: 'notice.recorded',
        runId,
        level: 'warning',
        code: 'session-lost',
        words: `The agent no longer knows its earlier session ${lost}; a new one begins with the checklist as it stands.`,
      },
    );
  }

  const { ask, askAnyway, unasked } = createAsk({
    runId,
    recorder,
    live: deps.live,
    logger,
    // Without a workspace everything is denied.
    context: (task) => deps.judgeContexts.of(task, task.workspace?.path ?? ''),
    ruleUsed: deps.ruleUsed,
    hold: turns.hold,
    broken: (error) => broken.abort(error),
    halt,
  });

  /** While another program has the database locked the run is not over, unless the host cannot wait for it. */
  async function writtenOrClosed(): Promise<void> {
    const enough = new Promise<void>((resolve) => {
      const wait = () => setTimeout(resolve, NOTICE_MS).unref();
      if (deps.closing.aborted) wait();
      deps.closing.addEventListener('abort', wait, { once: true });
    });
    await Promise.race([recorder.written().catch(() => {}), enough]);
  }

  /** Tells how far the stop of the run is; nothing is lost when it cannot be told. */
  function tellPhase(words: string): void {
    const { phase } = recorder.task();
    if (phase === null) return;
    const told = phase === 'stopping' ? phase : 'idle';
    recorder.dispatch({ type: 'run.record', runId, events: [{ type: 'phase.changed', runId, phase: told, words }] });
  }

  function tellStop(): void {
    if (recorder.task().phase !== 'stopping') return;
    if (holder.opening) tellPhase(`Ends the agent ${backend.name}, which was still starting.`);
    else if (holder.session === null) tellPhase('Ends what was started for the workspace.');
  }

  const ports: ConductPorts = {
    runId,
    mcp: backend.capabilities.mcp,
    task: recorder.task,
    record: recorder.record,
    async enterWorkspace() {
      recorder.record({ type: 'phase.changed', runId, phase: 'starting', words: 'Prepares the workspace.' });
      const [entered] = await orStopped(Promise.all([deps.enterWorkspace(), deps.judgeContexts.prepare(project)]));
      const { workspace } = recorder.task();
      if (entered.ok && workspace) unwatch = watchFolder(workspace.path, lookForWorkspace);
      return entered;
    },
    openSession,
    unanswered() {
      const { run } = recorder.task();
      // The run before, unless this one has asked already.
      return run === null ? [] : deps.unanswered(run.turns > 0 ? run.id : `${recorder.task().id}.${run.no - 1}`);
    },
    stalled() {
      const told = stalls;
      stalls = [];
      return told;
    },
    requestTurn(kind, prompt, messageIds) {
      recorder.beginTurn();
      const turn = (recorder.task().run?.turns ?? 0) + 1;
      recorder.record({ type: 'turn.requested', runId, turn, kind, prompt: recorder.keep(prompt), messageIds });
    },
    async turn(open, prompt) {
      await orStopped(recorder.written());
      answered = false;
      startedAt = performance.now();
      const running = turns.run(open, prompt, recorder.task().limits, backend.capabilities.clocked);
      if (gone.signal.aborted) void open.interrupt();
      const done = await orStopped(running);
      if (done.result.error?.code === 'session-unknown') {
        const lost = recorder.task().sessionId;
        if (lost) loseSession(lost, done.result.error.words);
      }
      return { ...done, answered, progressed };
    },
    lost: () => orStopped(deps.lostWorkspace(recorder.task(), project)),
    leaveSession(why) {
      const words = `${why} A new session continues in the same workspace, with the brief and the checklist as it stands.`;
      recorder.record(
        { type: 'session.lost', runId, sessionId: randomUUID(), words: why },
        { type: 'notice.recorded', runId, level: 'warning', code: 'context-full', words: truncate(words, 2000) },
      );
    },
    settleTurn({ result, error, usage, costUsd }) {
      // An agent that is interrupted ends its commands, and need not say so.
      if (result !== 'ok') stallWatch.close();
      const turn = recorder.task().run?.turns ?? 0;
      const durationMs = Math.round(performance.now() - startedAt);
      recorder.record({ type: 'turn.settled', runId, turn, result, error, usage, costUsd, durationMs });
    },
    ...createRunChecks({
      runId,
      recorder,
      project,
      runCheck: deps.runCheck,
      stallWatch,
      waits,
      running: deps.runningTurn,
    }),
    async delay(ms, words, attempt) {
      const at = clock.now() + ms;
      recorder.record(
        { type: 'retry.scheduled', runId, attempt, delayMs: ms, words },
        {
          type: 'phase.changed',
          runId,
          phase: 'idle',
          words: truncate(`Tries again ${whenWords(at, clock.now())}: ${words}`, 200),
        },
      );
      await orStopped(waitUntil(clock, at, AbortSignal.any([halt, gone.signal])));
    },
  };
  const unregister = deps.agentCommands.register(recorder.task().id, askAnyway);
  try {
    return await conduct(ports);
  } catch (error) {
    if (error instanceof Stopped) {
      if (signal.aborted) return null;
      throw broken.signal.reason;
    }
    if (error instanceof BackendFailure) {
      const lost = await deps.lostWorkspace(recorder.task(), project);
      return lost ? { status: 'failed', outcome: lost } : failedToOpen(error);
    }
    throw error;
  } finally {
    unregister();
    unwatch();
    if (halt.aborted) tellStop();
    if (halt.aborted && holder.session) await interruptFirst(holder.session);
    await holder.close(deps.stopGraceMs);
    if (halt.aborted) await waits.allOver(deps.stopGraceMs + NOTICE_MS);
    stallWatch.close();
    tokens.revoke(token);
    const { stopGraceMs: graceMs, closing } = deps;
    await endLeft({ marker: runId, graceMs, closing, logger, stuck: () => tellPhase(STUCK) });
    await deps.tidyWorkspace();
    await writtenOrClosed();
  }
}

const STUCK = 'A process of the agent does not end although it was killed; the run is over when it is gone.';

/** An agent that acts by itself and cannot ask would do unasked whatever its task wants to be asked about. */
function refuseUnasked({ name, capabilities }: Backend, { autonomy }: Task): void {
  if (!capabilities.process || capabilities.approvals || autonomy === 'auto') return;
  throw new BackendFailure(
    'failed',
    `The agent ${name} cannot ask before it acts, so it cannot work with the autonomy ${autonomy}.`,
    'Choose the autonomy auto, or another agent.',
  );
}

/** A chance to end the turn in good order; not longer than a moment. */
async function interruptFirst(session: AgentSession): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, INTERRUPT_MS);
  });
  await Promise.race([session.interrupt().catch(() => {}), enough]);
  clearTimeout(timer);
}

/** The program of an agent that is set for the project alone. */
function programOf({ name, programs }: Project, agent: string): ChosenProgram | null {
  const argv = programs?.[agent];
  return argv ? { argv, where: `the project ${name}` } : null;
}
