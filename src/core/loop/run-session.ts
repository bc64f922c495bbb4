import { randomUUID } from 'node:crypto';
import type { Project } from '../../contract/project/state.ts';
import type { Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import {
  type AgentSession,
  type Backend,
  BackendFailure,
  type SessionEntry,
  type SessionOptions,
} from '../backends/backend.ts';
import { untrustedGitEnvironment } from '../git/untrusted-environment.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { RunParts } from './run-parts.ts';
import { watchSession } from './stall/watch-session.ts';

/** The sessions that a run has with its agent, one after the other. */
export interface RunSession {
  /**
   * Starts the agent, continuing the session of the task where `resume`, in a terminal for a person who takes it over.
   * Throws `BackendFailure`.
   */
  open(resume: boolean, holder?: 'person'): Promise<AgentSession>;
  /** Lets go of the session, so that a person may continue it; throws `BackendFailure` where that cannot be. */
  release(): Promise<void>;
  /** The agent no longer knows the session of the task, as it said in these words. */
  lose(words: string): void;
  /** The conversation takes no more, for this reason: the next session is a new one. */
  leave(why: string): void;
  /** Nothing of a new turn has been seen yet. */
  beginTurn(): void;
  /** Whether the model has answered in this turn, and whether a call has succeeded since the session was opened. */
  seen(): { answered: boolean; progressed: boolean };
}

export function createRunSession(parts: RunParts): RunSession {
  const { run, waits, turns, holder, workspace, stallWatch, broken } = parts;
  const { recorder, runId, backend, project, logger, address } = run;
  const { orStopped } = waits;
  let answered = false;
  let progressed = false;
  let opens = 0;

  /** A call that succeeds is progress; one that fails may be the first sign that the workspace is gone. */
  function watched(entry: SessionEntry): SessionEntry {
    if (entry.type !== 'tool-settled') return entry;
    if (entry.ok) progressed = true;
    else workspace.look();
    return entry;
  }

  function report() {
    const told = recorder.report({
      alive: turns.alive,
      responded() {
        answered = true;
        turns.responded();
      },
      failed(error) {
        logger.error('the run cannot be written down and is ended', { error: error.message });
        broken(error);
      },
    });
    const commands = run.learnCommands;
    return watchSession({ ...told, commands, entry: (entry) => told.entry(watched(entry)) }, stallWatch);
  }

  function optionsOf(task: Task, cwd: string, env: Record<string, string>, inTerminal: boolean) {
    const { model, effort } = task.agent;
    return {
      taskId: task.id,
      runId,
      cwd,
      model,
      effort,
      autonomy: task.autonomy,
      trusted: project.trusted,
      program: programOf(project, backend.name),
      env: {
        ...env,
        DROVER_URL: address,
        DROVER_TASK: task.id,
        DROVER_TASK_TOKEN: parts.token,
        DROVER_RUN: runId,
      },
      marker: runId,
      tools: { url: `${address}/mcp`, token: parts.token },
      ask: parts.channel.ask,
      unasked: parts.channel.unasked,
      settled: run.checklistSettled,
      ...(inTerminal ? { terminal: (shown) => run.showTerminal(task.id, shown) } : {}),
      logger,
    } satisfies Partial<SessionOptions>;
  }

  function lose(words: string): void {
    const lost = recorder.task().sessionId;
    if (lost === null) return;
    const notice = `The agent no longer knows its earlier session ${lost}; a new one begins with the checklist as it stands.`;
    replaceSession(words, 'session-lost', notice);
  }

  function replaceSession(words: string, code: 'session-lost' | 'context-full', notice: string): void {
    recorder.record(
      { type: 'session.lost', runId, sessionId: randomUUID(), words },
      { type: 'notice.recorded', runId, level: 'warning', code, words: truncate(notice, 2000) },
    );
  }

  return {
    async open(resume, by) {
      const forPerson = by === 'person';
      if (forPerson && !backend.capabilities.terminal) throw noTerminal(backend);
      const task = recorder.task();
      refuseUnasked(backend, task);
      if (!task.workspace) throw new Error(`Task ${task.id} has no workspace.`);
      const known = resume ? task.sessionId : null;
      // The id that was recorded as the intent is used once: a program that died may have taken it already.
      const sessionId = known ?? (opens === 0 ? task.run?.sessionId : null) ?? randomUUID();
      opens += 1;
      const again = opens > 1 ? ' again' : '';
      const words = `Starts the agent ${backend.name}${again}.`;
      recorder.record({ type: 'phase.changed', runId, phase: 'starting', words });
      await orStopped(recorder.written());
      // The agent before may have been killed in the middle of a commit.
      if (opens > 1) await orStopped(run.tidyWorkspace());
      const own = await orStopped(run.environment());
      const environment = project.trusted ? own : untrustedGitEnvironment(own);
      progressed = false;
      const options = {
        ...optionsOf(task, task.workspace.path, environment, forPerson || runsInTerminal(backend, task)),
        sessionId,
        resume: known !== null,
        report: report(),
      };
      try {
        return await orStopped(holder.open(options, task.limits.firstResponseMs));
      } catch (error) {
        if (error instanceof BackendFailure && error.code === 'session-unknown' && known) lose(error.message);
        throw error;
      }
    },
    async release() {
      await orStopped(recorder.written());
      await orStopped(holder.release(run.stopGraceMs));
      await orStopped(run.tidyWorkspace());
    },
    lose,
    leave: (why) =>
      replaceSession(
        why,
        'context-full',
        `${why} A new session continues in the same workspace, with the brief and the checklist as it stands.`,
      ),
    beginTurn() {
      answered = false;
    },
    seen: () => ({ answered, progressed }),
  };
}

/** Whether the agent of a task runs in a terminal that a person sees. */
export function runsInTerminal({ capabilities }: Backend, { agent }: Pick<Task, 'agent'>): boolean {
  return agent.way === 'terminal' && capabilities.terminal;
}

/** An agent that acts by itself and cannot ask would do unasked whatever its task wants to be asked about. */
function refuseUnasked({ name, capabilities }: Backend, { autonomy }: Task): void {
  if (!capabilities.process || capabilities.approvals || autonomy === 'auto') return;
  throw new BackendFailure(
    'failed',
    `The agent ${name} cannot ask before it acts, so it cannot work with the autonomy ${autonomy}.`,
    'Choose the autonomy auto, or another agent.',
  );
}

function noTerminal({ title }: Backend): BackendFailure {
  return new BackendFailure('failed', `${title} has no session that can be opened in a terminal.`);
}

/** The program of an agent that is set for the project alone. */
function programOf({ name, programs }: Project, agent: string): ChosenProgram | null {
  const argv = programs?.[agent];
  return argv ? { argv, where: `the project ${name}` } : null;
}
