import { settings as settingsSchema } from '../../../src/contract/settings/state.ts';
import type { LoggedEvent } from '../../../src/contract/task/events.ts';
import type { Workspace } from '../../../src/contract/workspace/state.ts';
import { createAgentLimits } from '../../../src/core/agents/limits.ts';
import { createOwnCommands } from '../../../src/core/agents/own-commands.ts';
import { createApprovalsCalls } from '../../../src/core/approvals/approvals-calls.ts';
import { createApprovalsStore } from '../../../src/core/approvals/approvals-store.ts';
import type { JudgeContexts } from '../../../src/core/approvals/judge/context.ts';
import { createOpenQuestions } from '../../../src/core/approvals/open-questions.ts';
import { callOf } from '../../../src/core/backends/claude/tool-call.ts';
import { createDueList } from '../../../src/core/base/due-list.ts';
import { silentLogger } from '../../../src/core/base/logger.ts';
import type { OpenDatabase } from '../../../src/core/db/open.ts';
import { createHub } from '../../../src/core/log/hub.ts';
import { createLog } from '../../../src/core/log/log.ts';
import { createAgentCommands } from '../../../src/core/loop/agent-commands.ts';
import { createAsking } from '../../../src/core/loop/asking.ts';
import { createLoop } from '../../../src/core/loop/loop.ts';
import { createStopNotes } from '../../../src/core/loop/stop-notes.ts';
import type { WatchedRun } from '../../../src/core/resources/limit-watch.ts';
import { createTaskStore, type Waiter } from '../../../src/core/tasks/store.ts';
import { createChecklist } from '../../../src/core/tools/checklist.ts';
import { createTaskTokens } from '../../../src/core/tools/tokens.ts';
import { createManualClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { createFakeAgent, FAKE_AGENT, type FakeSession } from './fake-agent.ts';
import { mortal } from './mortal-db.ts';

export const PROJECT = 'p00000001';
const TABLES = ['tasks', 'goals', 'runs', 'events', 'event_blocks', 'blobs', 'receipts', 'agent_limits', 'approvals'];

/** What outlives a host, and the hosts that live on it one after the other. */
export type World = ReturnType<typeof createWorld>;
export type Host = ReturnType<World['open']>;

/**
 * The real loop, approvals and checklist over a real database, with a clock that stands still, an agent that is played,
 * and no git. `opened` is emptied first.
 */
export function createWorld(opened: OpenDatabase, random: Random, folder: string) {
  for (const table of TABLES) opened.db.exec(`DELETE FROM ${table}`);
  const clock = createManualClock();
  const workspaces = new Map<string, Workspace>();
  const lostSessions = new Set<string>();
  const executed: { callId: string; taskId: string }[] = [];
  /** What went wrong where nothing could be thrown. */
  const faults: string[] = [];
  const recovery: { setting: 'resume' | 'wait' } = { setting: 'resume' };
  let isPaused = false;
  let slots = 3;

  function open() {
    const { db, life } = mortal(opened.db);
    const sessions = new Set<FakeSession>();
    const parked = new Set<() => void>();
    /** Runs whose processes may turn out to use too much. */
    const watched = new Set<WatchedRun>();

    /** Sometimes at once, sometimes when the history says so. */
    function pause(signal: AbortSignal): Promise<void> {
      if (random.chance(0.7)) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const over = () => {
          parked.delete(over);
          if (signal.aborted) reject(new Error('No longer wanted.'));
          else resolve();
        };
        parked.add(over);
        signal.addEventListener('abort', over, { once: true });
        if (signal.aborted) over();
      });
    }

    const log = createLog(db);
    const hub = createHub(log);
    const due = createDueList(clock);
    const approvals = createApprovalsStore(db);
    const logger = silentLogger;
    const limits = createAgentLimits({ db, now: clock.now, due, logger, changed: () => loop.poke() });
    const waiting = (task: Waiter) => loop.waiting(task);
    const store = createTaskStore({ db, file: opened.file, log, hub, clock, projections: [approvals], waiting });
    const contexts: JudgeContexts = {
      prepare: async () => {},
      of: ({ autonomy }, workspace) => ({
        autonomy,
        workspace,
        home: '/home/somebody',
        dataFolder: '/data',
        agents: [],
        realpath: (file) => file,
        names: () => [],
        defaultBranch: 'main',
        lifted: [],
        rules: [],
      }),
    };
    const agentCommands = createAgentCommands(contexts);
    const openQuestions = createOpenQuestions(hub);
    const runCheck = async () => ({ ok: random.chance(0.6), exitCode: 0, output: '', durationMs: 1 });
    const checklist = createChecklist({ store, log, runCheck, judgeCommand: agentCommands.judgeCommand });
    const project = {
      ...{ id: PROJECT, name: 'Sample', path: '/repository', trusted: true, addedAt: 0 },
      ...{ setup: [], copy: [], submodules: false, checks: [], branchPrefix: '', quiet: false, lifted: [] },
    };
    const agent = createFakeAgent({
      pause,
      opened(session) {
        if (!life.isAlive) return;
        for (const { options } of sessions) {
          if (options.sessionId === session.options.sessionId) faults.push(`${options.sessionId} was opened twice`);
          if (options.taskId === session.options.taskId) faults.push(`${options.taskId} had two sessions at once`);
        }
        sessions.add(session);
      },
      ended: (session) => sessions.delete(session),
      executed(callId, taskId) {
        executed.push({ callId, taskId });
      },
      isLost: (sessionId) => lostSessions.has(sessionId),
    });
    const loop = createLoop({
      store,
      log,
      hub,
      clock,
      due,
      logger,
      settings: () => ({ ...settingsSchema.parse({}), 'task.slots': slots, 'task.recovery': recovery.setting }),
      isPaused: () => isPaused,
      projects: { get: () => ({ ok: true, value: project }) },
      workspaces: {
        get: (id) => workspaces.get(id) ?? null,
        async plan({ task, workspaceNo }) {
          const id = `${task.id}-${workspaceNo}`;
          const value = { workspaceId: id, taskId: task.id, branch: id, path: `/data/workspaces/${id}` };
          return { ok: true, value: { ...value, baseBranch: 'main', baseCommit: 'c0ffee' } as never };
        },
        async make({ workspaceId, taskId, branch, path }, _project, options) {
          await pause(options?.signal ?? new AbortController().signal).catch(() => {});
          const made: Workspace = {
            ...{ id: workspaceId, taskId, projectId: PROJECT, path, branch, baseBranch: 'main', baseCommit: 'c0ffee' },
            ...{ createdAt: clock.now(), state: 'ready', kept: null },
          };
          if (life.isAlive) workspaces.set(workspaceId, made);
          return { ok: true, value: made };
        },
        async open(id) {
          return { ok: true, value: workspaces.get(id) as Workspace };
        },
        left: async () => ({ unheld: [], size: null }),
        tidy: async () => {},
      },
      makeCheckpoint: async () => null,
      tokens: createTaskTokens(),
      backendOf: (name) => (name === FAKE_AGENT ? agent : null),
      limitOf(name) {
        const limit = limits.of(name);
        return limit && { title: name, until: limit.until };
      },
      limitReached: limits.reach,
      commands: createOwnCommands(),
      environment: async () => ({}),
      runCheck,
      asking: createAsking({
        openQuestions,
        contexts,
        agentCommands,
        ruleUsed: () => {},
        unanswered: approvals.unanswered,
      }),
      lostWorkspace: async () => null,
      lookAtWork: async () => ({ commit: null, loose: new Map() }),
      workSince: async () => ({ commits: [], files: [], more: 0 }),
      showTerminal: () => {},
      limitWatch: {
        measures: true,
        add(run) {
          watched.add(run);
          return () => watched.delete(run);
        },
      },
      times: { stopGraceMs: 0, writeAgainMs: 1, longestWriteAgainMs: 1 },
      patience: (job) => Promise.resolve(job()),
      stops: createStopNotes(`${folder}/stops`),
    });
    loop.start('http://127.0.0.1:1');
    const calls = createApprovalsCalls({
      ...{ approvals, openQuestions, log, contexts },
      task: store.get,
      dispatch: store.dispatch,
      taskOfCommand: store.taskOfCommand,
      rules: {
        make: () => {
          throw new Error('No history makes rules.');
        },
        unmake: () => {},
        used: () => {},
      },
      stopRun: loop.stop,
      callOf: (_task, tool, input) => callOf(tool, input),
    });
    return {
      ...{ life, store, log, loop, limits, approvals, openQuestions, checklist, sessions, parked, watched },
      answer: calls.answer,
      /** Dies: nothing that it has under way is written or done. Its agents die a moment later. */
      kill() {
        life.kill();
        for (const session of sessions) {
          // An agent that has its answer does not need the host any more.
          for (const call of session.asked.filter(({ answer }) => answer !== null)) session.carryOut(call);
          session.crash();
        }
        for (const over of [...parked]) over();
        void loop.close();
        limits.close();
      },
      /** Ends in good order. */
      async close() {
        await loop.close();
        limits.close();
        life.kill();
      },
    };
  }

  return {
    ...{ clock, executed, faults, lostSessions, recovery, open },
    pause(next: boolean) {
      isPaused = next;
    },
    isPaused: () => isPaused,
    setSlots(next: number) {
      slots = next;
    },
    /** Everything that was ever written, oldest first. */
    events(): LoggedEvent[] {
      const log = createLog(opened.db);
      const events: LoggedEvent[] = [];
      for (;;) {
        const page = log.read({ after: events.at(-1)?.seq ?? 0, limit: 1000 });
        events.push(...page);
        if (page.length < 1000) return events;
      }
    },
  };
}
