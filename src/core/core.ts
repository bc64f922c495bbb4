import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { accept, type Result } from '../contract/rejection.ts';
import type { ToolCall } from '../contract/run/tool-call.ts';
import { isUnsettled } from '../contract/task/derive.ts';
import { describePause } from '../contract/words/pause.ts';
import { createAgents } from './agents/agents.ts';
import { createAgentLimits } from './agents/limits.ts';
import { lookingAgain } from './agents/looking-again.ts';
import { createOwnCommands } from './agents/own-commands.ts';
import { createApi } from './api.ts';
import { createApprovalsStore } from './approvals/approvals-store.ts';
import { createJudgeContexts } from './approvals/judge/context.ts';
import { createOpenQuestions } from './approvals/open-questions.ts';
import { createRules } from './approvals/rules/rules-store.ts';
import { createAttachments } from './attachments/attachments.ts';
import type { Backend } from './backends/backend.ts';
import { AGENT_FILES } from './backends/known-agents.ts';
import { withCall } from './backends/old-events.ts';
import { createBackends } from './backends/registry.ts';
import { type Clock, createClock } from './base/clock.ts';
import { createDueList } from './base/due-list.ts';
import type { Logger } from './base/logger.ts';
import { createCleanUp } from './clean-up/clean-up.ts';
import { createRetention } from './clean-up/retention.ts';
import type { Core } from './core-api.ts';
import { hostId } from './db/host-id.ts';
import { DATABASE_FILE, type OpenDatabase, openDatabase } from './db/open.ts';
import { createPatience } from './db/patience.ts';
import { allWithGit, gitEntry } from './git/git-context.ts';
import { createLandings } from './land/landings.ts';
import { createHub } from './log/hub.ts';
import { createLog } from './log/log.ts';
import { createOutputs } from './log/outputs.ts';
import { createAgentCommands } from './loop/agent-commands.ts';
import { createAsking } from './loop/asking.ts';
import { createLoop, LOOP_TIMES, type LoopTimes } from './loop/loop.ts';
import { lostWorkspace } from './loop/lost-workspace.ts';
import { lookAtWork, workSince } from './loop/meanwhile.ts';
import { createPersist } from './loop/persist.ts';
import { createReactors } from './loop/reactors.ts';
import { createStopNotes } from './loop/stop-notes.ts';
import { patientApi } from './patient-api.ts';
import { createPause } from './pause/pause.ts';
import { createPrograms } from './programs.ts';
import { createProjects } from './projects/projects.ts';
import { createLimitWatch } from './resources/limit-watch.ts';
import { createCheckpoints } from './review/checkpoints.ts';
import { createCheckpointsStore } from './review/checkpoints-store.ts';
import { createSettings } from './settings/settings.ts';
import { dependants } from './tasks/dependants.ts';
import { createTaskStore, type Waiter } from './tasks/store.ts';
import { mayUseTerminals } from './terminals/calls.ts';
import { serveTerminal } from './terminals/serve.ts';
import { createTerminals } from './terminals/terminals.ts';
import { createAgentTools } from './tools/agent-tools.ts';
import { createChecklist } from './tools/checklist.ts';
import { createRunCheck } from './tools/run-check.ts';
import { createTaskTokens } from './tools/tokens.ts';
import { createWorkspaces } from './workspaces/workspaces.ts';

export interface CoreOptions {
  dataFolder: string;
  /** The host's own environment; what agents get is made from it and from the login shell's. */
  env: Record<string, string | undefined>;
  logger: Logger;
  /** The program of the demo agent. */
  demoAgent: string;
  /** The folder of the `drover` command, put first in the PATH of agents: those without MCP report with it. */
  commandFolder?: string;
  clock?: Clock;
  /** How long things wait; tests take shorter times. */
  times?: Partial<CoreTimes>;
  /** Told, in a sentence, when the start waits for another program that has the database locked. */
  waits?: ((words: string) => void) | undefined;
  /** More backends than the registry lists; for tests and benchmarks. */
  backends?: readonly Backend[];
}

/** Milliseconds; tests take shorter ones. */
export interface CoreTimes extends LoopTimes {
  /** How long a start waits for another program that has the database locked, and how long a call of a client does. */
  startLockedMs: number;
  callLockedMs: number;
  /** How long each git may take when a person waits for what it says of a repository, and of the files of a workspace. */
  gitAnswerMs: number;
  gitLookMs: number;
  /** Between two looks at what the processes of runs with limits use. */
  limitLookMs: number;
  /** How long after a start or a change of the settings the automatic clean-up begins at the soonest. */
  cleanUpMs: number;
}

const CORE_TIMES: CoreTimes = {
  ...LOOP_TIMES,
  startLockedMs: 30_000,
  callLockedMs: 10_000,
  gitAnswerMs: 10_000,
  gitLookMs: 60_000,
  limitLookMs: 3_000,
  cleanUpMs: 10 * 60_000,
};

/**
 * Puts the program together on a data folder. Refused with a sentence when the folder belongs to another host or its
 * database cannot be used; while another program has it locked, that is waited for. Nothing runs before `start`.
 */
export async function createCore(options: CoreOptions): Promise<Result<Core>> {
  const { dataFolder, logger } = options;
  const times = { ...CORE_TIMES, ...options.times };
  const file = path.join(dataFolder, DATABASE_FILE);
  const waits = (words: string) => {
    logger.warn(`${words} Drover waits for it.`);
    options.waits?.(words);
  };
  const patience = createPatience({ file, againMs: times.writeAgainMs, waits });
  return patience(() => {
    const opened = openDatabase(dataFolder);
    if (!opened.ok) return opened;
    try {
      return accept(assemble(options, opened.value, times));
    } catch (error) {
      opened.value.close();
      throw error;
    }
  }, times.startLockedMs);
}

function assemble(options: CoreOptions, opened: OpenDatabase, times: CoreTimes): Core {
  const { dataFolder, logger, clock = createClock() } = options;
  const { db, file } = opened;
  const patience = createPatience({
    file,
    againMs: times.writeAgainMs,
    waits: (words) => logger.warn(`${words} Drover waits for it.`),
  });
  const host = hostId(db);
  const log = createLog(db, withCall);
  const hub = createHub(log, { host, logger });
  const approvals = createApprovalsStore(db);
  const outputs = createOutputs(db, log);
  const checkpointsStore = createCheckpointsStore(db);
  const settings = createSettings({
    db,
    changed() {
      agents.forget();
      retention.plan();
      hub.changed('settings');
    },
  });
  const persist = createPersist({ firstMs: times.writeAgainMs, longestMs: times.longestWriteAgainMs });
  const pause = createPause({
    db,
    file,
    now: clock.now,
    again: (write) => void persist.until(write),
    changed(what) {
      logger.info(describePause(what));
      hub.changed('pause');
      loop.poke();
    },
  });
  const due = createDueList(clock);
  const commands = createOwnCommands();
  const limits = createAgentLimits({
    db,
    now: clock.now,
    due,
    logger,
    changed() {
      hub.changed('agents');
      loop.poke();
    },
  });
  const waiting = (task: Waiter) => loop.waiting(task);
  const projections = [approvals, outputs, checkpointsStore];
  const store = createTaskStore({ db, file, log, hub, clock, projections, waiting, logger });
  const { chosenProgram, environment, agentsEnvironment } = createPrograms({
    settings: settings.all,
    env: options.env,
    commandFolder: options.commandFolder,
    logger,
  });
  const gitProgram = () => chosenProgram('git.program');
  const known = [
    ...createBackends({
      environment,
      dataFolder,
      demoAgent: options.demoAgent,
      claudeProgram: () => chosenProgram('agent.claude.program'),
    }),
    ...(options.backends ?? []),
  ];
  const agents = createAgents({
    backends: known.map((backend) => lookingAgain(backend, environment, agentsEnvironment)),
    limitOf: limits.of,
  });
  const workspaces = createWorkspaces({
    db,
    dataFolder,
    now: clock.now,
    changed: () => hub.changed('workspaces'),
    logger,
    environment,
    gitProgram,
    isRunning(taskId) {
      const task = store.get(taskId);
      return isUnsettled(task?.status ?? 'draft') || task?.openLanding !== undefined || loop.isCleaning(taskId);
    },
    projectOf: (projectId) => projects.get(projectId),
    cleanedUp: ({ id, taskId }, { by, bytes }) =>
      // Told twice after a crash: once in the log. A task that was deleted has none.
      void store.dispatch(taskId, { type: 'leftover.remove', what: 'workspace', name: id, bytes, by }, `removed-${id}`),
  });
  const ownProjects = createProjects({
    db,
    dataFolder,
    now: clock.now,
    changed() {
      rules.tidy();
      hub.changed('projects');
      loop.poke();
    },
    branchPrefix: () => settings.all()['workspace.branchPrefix'],
    inUse: (projectId) => ({
      tasks: store.countOfProject(projectId).unsettled,
      workspaces: workspaces.countReady(projectId),
    }),
    taskCount: (projectId) => store.countOfProject(projectId).all,
    moveWorkspaces: (project, to) => workspaces.moveTo(project, to),
  });
  const ending = new AbortController();
  const git = {
    environment,
    program: gitProgram,
    entry: gitEntry(realpathSync(dataFolder)),
    signal: ending.signal,
  };
  const projects = allWithGit(git, ownProjects);
  const checkpoints = allWithGit(
    git,
    createCheckpoints({ store: checkpointsStore, dataFolder, projectOf: projects.get, logger }),
  );
  const attachments = createAttachments({
    db,
    dataFolder,
    now: clock.now,
    logger,
    hasTask: (taskId) => store.get(taskId) !== null,
  });
  const terminals = createTerminals({
    dataFolder,
    now: clock.now,
    environment: agentsEnvironment,
    shell: () => chosenProgram('shell.program'),
    changed: () => hub.changed('terminals'),
    logger,
  });
  const limitWatch = createLimitWatch({ clock, everyMs: times.limitLookMs });
  const tokens = createTaskTokens();
  const runCheck = createRunCheck(environment);
  const openQuestions = createOpenQuestions(hub);
  const home = options.env.HOME ?? homedir();
  const rules = createRules({ db, home, now: clock.now, changed: () => hub.changed('rules') });
  const reactors = createReactors({ attachments, rules, terminals, checkpoints, limitWatch, logger });
  for (const reactor of reactors) hub.listen(reactor);
  const ownContexts = createJudgeContexts({
    dataFolder,
    home,
    agents: AGENT_FILES,
    rulesFor: rules.rulesFor,
    project(projectId) {
      const found = projects.get(projectId);
      return found.ok ? found.value : null;
    },
  });
  const judgeContexts = allWithGit(git, ownContexts);
  const agentCommands = createAgentCommands(ownContexts);
  const { judgeCommand } = agentCommands;
  const checklist = createChecklist({ store, log, runCheck, judgeCommand, patience });
  const callOf = (agent: string, tool: string, input: Record<string, unknown>): ToolCall =>
    agents.backendOf(agent)?.callOf(tool, input) ?? { kind: 'other', title: tool };
  const asking = createAsking({
    openQuestions,
    contexts: judgeContexts,
    agentCommands,
    ruleUsed(ruleId) {
      try {
        rules.used(ruleId);
      } catch (error) {
        // How often a rule was used is not worth an answer.
        logger.warn('the use of a rule was not counted', { ruleId, error });
      }
    },
    unanswered: approvals.unanswered,
  });
  const loop = createLoop({
    store,
    log,
    hub,
    clock,
    due,
    logger,
    settings: settings.all,
    isPaused: pause.isPaused,
    projects,
    workspaces,
    makeCheckpoint: checkpoints.make,
    tokens,
    backendOf: agents.backendOf,
    limitOf(agent) {
      const limit = limits.of(agent);
      return limit && { title: agents.backendOf(agent)?.title ?? agent, until: limit.until };
    },
    limitReached: limits.reach,
    commands,
    environment: agentsEnvironment,
    runCheck,
    asking,
    ...allWithGit(git, { lostWorkspace, lookAtWork, workSince }),
    showTerminal(taskId, program) {
      const task = store.get(taskId);
      if (!task?.workspace) return;
      const { id: workspaceId, path: folder } = task.workspace;
      const name = agents.backendOf(task.agent.agent)?.title ?? task.agent.agent;
      terminals.show({ projectId: task.projectId, taskId, workspaceId, folder }, name, program);
    },
    limitWatch,
    times,
    patience,
    stops: createStopNotes(path.join(dataFolder, 'stops')),
  });

  const cleanUp = createCleanUp({
    now: clock.now,
    task: store.get,
    isCleaning: loop.isCleaning,
    dependants: () => dependants(store),
    workspaces,
    outputs,
    terminals,
    record: (taskId, what) => store.dispatch(taskId, { type: 'leftover.remove', ...what }),
  });
  const retention = createRetention({
    db,
    now: clock.now,
    settings: settings.all,
    due,
    cleanUp,
    changed: () => hub.changed('workspaces'),
    logger,
    firstMs: times.cleanUpMs,
  });

  const landings = createLandings({
    db,
    dataFolder,
    logger,
    environment,
    gitProgram,
    store,
    workspaces,
    projectOf: projects.get,
    isBusy: loop.isCleaning,
    times: { lookMs: times.gitLookMs },
  });

  let closing: Promise<void> | null = null;
  const api = createApi({
    ...{ db, file, dataFolder, git, times, now: clock.now, store, log, settings, pause, loop, projects, workspaces },
    ...{ agents, limits, commands, callOf, attachments, terminals, checklist, checkpointsStore, outputs, landings },
    ...{ cleanUp, retention, approvals, openQuestions, judgeContexts, rules },
  });

  return {
    api: patientApi(api, patience, times.callLockedMs),
    tools: { list: createAgentTools({ store, checklist }), taskOf: tokens.taskOf },
    events: { host, seq: log.seq, subscribe: (wanted, signal) => hub.stream(wanted, signal) },
    terminals: {
      serve: (carrier, caller) => (mayUseTerminals(caller) ? serveTerminal(terminals, carrier) : null),
    },
    environment: () => environment(),
    counts: store.counts,
    needingYou: store.needingYou,
    recovered: loop.recovered,
    drain: loop.drain,
    start: (address) =>
      patience(async () => {
        await attachments.tidy();
        rules.tidy();
        const gitEnded = workspaces.recover();
        void landings.recover(gitEnded);
        checkpoints.recover(gitEnded);
        terminals.recover().catch((error) => logger.warn('terminals were left', { error: String(error) }));
        loop.start(address);
        retention.plan();
        return accept(null);
      }, times.startLockedMs),
    close() {
      environment.close();
      ending.abort();
      persist.close();
      limits.close();
      const cleaned = retention.close();
      closing ??= allEnded([loop.close(), terminals.end(), landings.close()])
        .finally(() => workspaces.close())
        .finally(() => cleaned)
        .finally(() => checkpoints.close())
        .finally(() => opened.close());
      return closing;
    },
  };
}

/** When each has come to its end, whatever became of the others: what they stand on is closed next. */
async function allEnded(ends: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(ends);
  await Promise.all(ends);
}
