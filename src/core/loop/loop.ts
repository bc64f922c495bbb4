import type { Settings } from '../../contract/settings/state.ts';
import { openItems } from '../../contract/task/derive.ts';
import type { Task } from '../../contract/task/state.ts';
import type { JudgeContexts } from '../approvals/context.ts';
import type { LiveQuestions } from '../approvals/live.ts';
import type { Backend } from '../backends/backend.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Hub } from '../log/hub.ts';
import type { Log } from '../log/log.ts';
import { killTree, sweep } from '../process/kill-tree.ts';
import type { Projects } from '../projects/projects.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { RunCheck } from '../tools/checklist.ts';
import type { TaskTokens } from '../tools/tokens.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import type { Ending } from './conduct.ts';
import { enterWorkspace } from './enter-workspace.ts';
import { createRecorder } from './recorder.ts';
import { recover } from './recover.ts';
import { runTask, STOP_GRACE_MS } from './run-task.ts';
import { createScheduler } from './scheduler.ts';

interface Deps {
  store: TaskStore;
  log: Log;
  hub: Hub;
  clock: Clock;
  logger: Logger;
  settings(): Settings;
  projects: Projects;
  workspaces: Workspaces;
  tokens: TaskTokens;
  backendOf(agent: string): Backend | null;
  /** The environment of agents. */
  environment(): Promise<Record<string, string>>;
  runCheck: RunCheck;
  live: LiveQuestions;
  judgeContexts: JudgeContexts;
  ruleUsed(ruleId: string): void;
  unanswered(runId: string): string[];
}

/** Everything that happens by itself. */
export interface Loop {
  /** Recovers what a dead host left, then starts queued tasks. `address` is where agents reach the server. */
  start(address: string): Promise<void>;
  /** Looks for queued tasks again. */
  poke(): void;
  close(): Promise<void>;
}

export function createLoop(deps: Deps): Loop {
  const { store, log, hub, clock, logger, settings, projects, workspaces, tokens } = deps;
  const resumes = () => settings()['task.recovery'] === 'resume';
  let address = '';

  async function run(task: Task, signal: AbortSignal): Promise<Ending | null> {
    const runId = task.run?.id ?? '';
    const backend = deps.backendOf(task.agent.agent);
    if (!backend) return failed('backend-missing', `There is no agent named ${task.agent.agent} any more.`);
    const project = projects.get(task.projectId);
    if (!project.ok) return failed('workspace-failed', project.rejection.message);
    const recorder = createRecorder({ taskId: task.id, runId, store, log, hub });
    return runTask({
      recorder,
      runId,
      backend,
      project: project.value,
      clock,
      tokens,
      logger: logger.child({ taskId: task.id, runId }),
      address,
      environment: deps.environment,
      enterWorkspace: () => enterWorkspace({ recorder, runId, project: project.value, workspaces, signal }),
      runCheck: deps.runCheck,
      stallMs: () => settings()['task.stallMs'],
      live: deps.live,
      judgeContexts: deps.judgeContexts,
      ruleUsed: deps.ruleUsed,
      unanswered: deps.unanswered,
      checklistSettled: (until) => checklistSettled(task.id, until),
      signal,
    });
  }

  function checklistSettled(taskId: string, until: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        const items = store.get(taskId)?.items ?? [];
        if (items.length > 0 && openItems(items).length === 0) done();
      };
      const unlisten = hub.listen((logged) => {
        if (logged.taskId === taskId && logged.event.type === 'item.changed') look();
      });
      const done = () => {
        unlisten();
        until.removeEventListener('abort', done);
        resolve();
      };
      until.addEventListener('abort', done);
      if (until.aborted) done();
      else look();
    });
  }

  const scheduler = createScheduler({
    store,
    hub,
    logger,
    slots: () => settings()['task.slots'],
    paused: () => settings()['task.paused'],
    resumes,
    run,
  });

  return {
    async start(at) {
      address = at;
      await recover({
        store,
        logger,
        resumes,
        async reap(identity, marker) {
          const gone = identity
            ? await killTree({ identity, marker, graceMs: STOP_GRACE_MS })
            : await sweep(marker, STOP_GRACE_MS);
          if (!gone) logger.error('processes of a dead run could not be ended', { marker });
        },
      });
      scheduler.start();
    },
    poke: scheduler.poke,
    close: scheduler.close,
  };
}

function failed(code: 'backend-missing' | 'workspace-failed', words: string): Ending {
  return { status: 'failed', outcome: { code, words, hint: null } };
}
