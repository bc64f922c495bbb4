import type { RunEvent } from '../../contract/run/events.ts';
import { type AgentSession, BackendFailure } from '../backends/backend.ts';
import { overLimitOutcome } from '../tasks/decide.ts';
import { createCheckpointing } from './checkpointing.ts';
import { conduct, failedToOpen, type RunEnd } from './conduct.ts';
import { endLeft } from './end-left.ts';
import { NotRecorded } from './held-events.ts';
import { createSessionHolder } from './open-session.ts';
import { OverLimit, watchLimits } from './over-limit.ts';
import type { RunDeps, RunParts } from './run-parts.ts';
import { createRunPorts } from './run-ports.ts';
import { createStallWatch } from './stall/stall-watch.ts';
import { createTurnRunner } from './turn.ts';
import { createWaits, Stopped } from './waits.ts';
import { createWorkspaceWatch } from './watch-workspace.ts';

const INTERRUPT_MS = 2000;
/** How long what the run waited for may take to notice that the run stops, beyond the grace. */
const NOTICE_MS = 2000;

/**
 * Carries out one run and returns how it ended, or null when it was stopped through the signal. When this resolves, no
 * process that bears the marker of the run is left, however far the run had come.
 */
export async function runTask(run: RunDeps): Promise<RunEnd | null> {
  /** Aborted when it ends for a cause of its own: `OverLimit` or `NotRecorded`. */
  const own = new AbortController();
  const parts = createRunParts(run, own);
  try {
    return await conduct(createRunPorts(parts));
  } catch (error) {
    if (error instanceof Stopped) {
      const { reason } = own.signal;
      if (reason instanceof OverLimit) return { status: 'failed', outcome: overLimitOutcome(reason.message) };
      if (run.signal.aborted) return null;
      throw reason;
    }
    if (error instanceof BackendFailure) {
      const lost = await run.lostWorkspace(run.recorder.task(), run.project);
      return lost ? { status: 'failed', outcome: lost } : failedToOpen(error);
    }
    throw error;
  } finally {
    await end(parts);
  }
}

function createRunParts(run: RunDeps, own: AbortController): RunParts {
  const { recorder, runId, backend, project, clock, logger } = run;
  const halt = AbortSignal.any([run.signal, own.signal]);
  const broken = (error: NotRecorded) => own.abort(error);
  const turns = createTurnRunner(clock);
  run.runningTurn.yield = turns.yield;
  const holder = createSessionHolder({ backend, clock, logger, halt, graceMs: run.stopGraceMs });
  const stalls: string[] = [];

  function record(event: RunEvent): void {
    try {
      recorder.record(event);
    } catch (error) {
      broken(error instanceof NotRecorded ? error : new NotRecorded(String(error)));
    }
  }

  return {
    run,
    halt,
    broken,
    waits: createWaits(halt),
    turns,
    holder,
    workspace: createWorkspaceWatch({
      look: () => run.lostWorkspace(recorder.task(), project),
      endTurn: () => void holder.session?.interrupt(),
    }),
    stalls,
    checkpoints: createCheckpointing({ run, halt, broken }),
    stallWatch: createStallWatch({
      clock,
      silentMs: run.stallMs,
      noticed({ id, words, tail }) {
        stalls.push(words);
        const check = run.runningTurn.check?.id === id ? { check: true as const } : {};
        record({ type: 'stall.noticed', runId, callId: id, words, tail, ...check });
      },
      cleared: (id) => record({ type: 'stall.cleared', runId, callId: id }),
    }),
    unwatchLimits: watchLimits({ run, halt, record, end: (why) => own.abort(why) }),
    channel: run.asking.open({ runId, recorder, logger, hold: turns.hold, broken, halt }),
    token: run.tokens.issue(recorder.task().id),
  };
}

/** Ends everything that the run has started. */
async function end(parts: RunParts): Promise<void> {
  const { run, halt, waits, holder, workspace, checkpoints, stallWatch, channel, token } = parts;
  const { runId: marker, stopGraceMs: graceMs, closing, logger } = run;
  parts.unwatchLimits();
  channel.close();
  workspace.close();
  if (halt.aborted) tellStop(run, holder);
  if (halt.aborted && holder.session) await interruptFirst(holder.session);
  await holder.close(graceMs);
  if (halt.aborted) await waits.allOver(graceMs + NOTICE_MS);
  stallWatch.close();
  run.tokens.revoke(token);
  await endLeft({ marker, graceMs, closing, logger, stuck: () => tellPhase(run, STUCK) });
  await checkpoints.over();
  await run.tidyWorkspace();
  await writtenOrClosed(run);
}

const STUCK = 'A process of the agent does not end although it was killed; the run is over when it is gone.';

function tellStop(run: RunDeps, holder: RunParts['holder']): void {
  if (run.recorder.task().phase !== 'stopping') return;
  if (holder.opening) tellPhase(run, `Ends the agent ${run.backend.name}, which was still starting.`);
  else if (holder.session === null) tellPhase(run, 'Ends what was started for the workspace.');
}

/** Tells how far the stop of the run is; nothing is lost when it cannot be told. */
function tellPhase({ recorder, runId }: RunDeps, words: string): void {
  const { phase } = recorder.task();
  if (phase === null) return;
  const told = phase === 'stopping' ? phase : 'idle';
  recorder.dispatch({ type: 'run.record', runId, events: [{ type: 'phase.changed', runId, phase: told, words }] });
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

/** While another program has the database locked the run is not over, unless the host cannot wait for it. */
async function writtenOrClosed({ recorder, closing }: RunDeps): Promise<void> {
  const enough = new Promise<void>((resolve) => {
    const wait = () => setTimeout(resolve, NOTICE_MS).unref();
    if (closing.aborted) wait();
    closing.addEventListener('abort', wait, { once: true });
  });
  await Promise.race([recorder.written().catch(() => {}), enough]);
}
