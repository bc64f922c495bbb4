import { accept } from '../contract/rejection.ts';
import type { ToolCall } from '../contract/run/tool-call.ts';
import type { Agents } from './agents/agents.ts';
import { createAgentCalls } from './agents/calls.ts';
import type { AgentLimits } from './agents/limits.ts';
import type { OwnCommands } from './agents/own-commands.ts';
import { createApprovalsCalls } from './approvals/approvals-calls.ts';
import type { ApprovalsStore } from './approvals/approvals-store.ts';
import type { JudgeContexts } from './approvals/judge/context.ts';
import type { OpenQuestions } from './approvals/open-questions.ts';
import { createRulesCalls } from './approvals/rules/rules-calls.ts';
import type { Rules } from './approvals/rules/rules-store.ts';
import type { Attachments } from './attachments/attachments.ts';
import { createAttachmentCalls } from './attachments/calls.ts';
import { createCleanUpCalls } from './clean-up/calls.ts';
import type { CleanUp } from './clean-up/clean-up.ts';
import type { Retention } from './clean-up/retention.ts';
import type { CoreApi } from './core-api.ts';
import { createDataCalls } from './data/calls.ts';
import type { Db } from './db/open.ts';
import type { GitContext } from './git/git-context.ts';
import { allWithGit, withGit } from './git/git-context.ts';
import { createLandingCalls } from './land/calls.ts';
import type { Landings } from './land/landings.ts';
import type { Log } from './log/log.ts';
import type { Outputs } from './log/outputs.ts';
import type { Loop } from './loop/loop.ts';
import { createPauseCalls } from './pause/calls.ts';
import type { Pause } from './pause/pause.ts';
import { createProjectCalls } from './projects/calls.ts';
import type { Projects } from './projects/projects.ts';
import { createProcessCalls } from './resources/calls.ts';
import { createCheckpointCalls } from './review/calls.ts';
import type { CheckpointsStore } from './review/checkpoints-store.ts';
import type { SettingsStore } from './settings/settings.ts';
import { createTaskCalls } from './tasks/calls.ts';
import { createMessageCalls } from './tasks/message-calls.ts';
import { type CheckBase, createSessionCalls } from './tasks/session-calls.ts';
import type { TaskStore } from './tasks/store.ts';
import { createTerminalCalls } from './terminals/calls.ts';
import { endingTerminals } from './terminals/ending-terminals.ts';
import { terminalPlaces } from './terminals/places.ts';
import type { Terminals } from './terminals/terminals.ts';
import type { Checklist } from './tools/checklist.ts';
import { createItemCalls } from './tools/item-calls.ts';
import { createWorkspaceCalls } from './workspaces/calls.ts';
import { fileInside } from './workspaces/lies-inside.ts';
import type { Workspaces } from './workspaces/workspaces.ts';

/** What the calls are made of, see `assemble`. */
export interface ApiParts {
  db: Db;
  file: string;
  dataFolder: string;
  /** Around what asks git. */
  git: GitContext;
  /** Milliseconds, see `CoreTimes`. */
  times: { gitAnswerMs: number; gitLookMs: number };
  /** Milliseconds since 1970. */
  now(): number;
  store: TaskStore;
  log: Log;
  settings: SettingsStore;
  pause: Pause;
  loop: Loop;
  projects: Projects;
  workspaces: Workspaces;
  agents: Agents;
  limits: AgentLimits;
  commands: OwnCommands;
  /** What a call of a tool is, by the name of the agent. */
  callOf(agent: string, tool: string, input: Record<string, unknown>): ToolCall;
  attachments: Attachments;
  terminals: Terminals;
  checklist: Checklist;
  checkpointsStore: CheckpointsStore;
  outputs: Outputs;
  landings: Landings;
  cleanUp: CleanUp;
  retention: Retention;
  approvals: ApprovalsStore;
  openQuestions: OpenQuestions;
  judgeContexts: JudgeContexts;
  rules: Rules;
}

/** Every call of the contract, by noun. */
export function createApi(parts: ApiParts): CoreApi {
  const {
    db,
    file,
    dataFolder,
    git,
    times,
    now,
    store,
    log,
    settings,
    pause,
    loop,
    projects,
    workspaces,
    agents,
    limits,
    commands,
    callOf,
    attachments,
    terminals,
    checklist,
    checkpointsStore,
    outputs,
    landings,
    cleanUp,
    retention,
    approvals,
    openQuestions,
    judgeContexts,
    rules,
  } = parts;
  const checkBase: CheckBase = (project, from) =>
    withGit({ limitMs: times.gitAnswerMs }, () =>
      workspaces.plan({ ...from, task: { id: 'base', title: '' }, workspaceNo: 1, project }),
    );
  return {
    tasks: createTaskCalls({
      store,
      log,
      settings: settings.all,
      project: projects.get,
      agents: agents.list,
      attachments,
      hasWorkspace: (taskId) => workspaces.countOfTask(taskId) > 0,
      checkBase,
      stopRun: loop.stop,
      runsCheck: loop.runsCheck,
      removedOutput: outputs.removed,
    }),
    messages: createMessageCalls({ store, agents: agents.list, forgetFiles: attachments.forget }),
    sessions: createSessionCalls({
      store,
      settings: settings.all,
      project: projects.get,
      agents: agents.list,
      checkBase,
    }),
    items: createItemCalls({ store, checklist }),
    ...endingTerminals(
      {
        projects: allWithGit({ ...git, limitMs: times.gitAnswerMs }, createProjectCalls(projects)),
        workspaces: createWorkspaceCalls(workspaces, times.gitLookMs),
      },
      terminals,
    ),
    landings: createLandingCalls(landings),
    checkpoints: allWithGit(
      git,
      createCheckpointCalls({
        store: checkpointsStore,
        task: store.get,
        projectOf: projects.get,
        lookMs: times.gitLookMs,
      }),
    ),
    terminals: createTerminalCalls({
      terminals,
      fileInside,
      ...terminalPlaces({ task: store.get, project: projects.get, workspaces: workspaces.recorded }),
    }),
    attachments: createAttachmentCalls(attachments),
    processes: createProcessCalls({ task: store.get, isTerminalOf: terminals.isOf }),
    approvals: createApprovalsCalls({
      approvals,
      openQuestions,
      log,
      contexts: judgeContexts,
      task: store.get,
      dispatch: store.dispatch,
      taskOfCommand: store.taskOfCommand,
      rules,
      stopRun: loop.stop,
      callOf: (task, tool, input) => callOf(task.agent.agent, tool, input),
    }),
    rules: createRulesCalls({
      rules,
      contexts: judgeContexts,
      dataFolder,
      task: store.get,
      project: projects.get,
      autonomy: () => settings.all()['agent.autonomy'],
      callOf: (task, tool) => callOf(task?.agent.agent ?? settings.all()['agent.default'], tool, {}),
    }),
    data: createDataCalls({
      db,
      dataFolder,
      file,
      now: now,
      attachments: attachments.size,
      workspaces: workspaces.countAll,
    }),
    cleanUp: createCleanUpCalls({
      cleanUp,
      last: retention.last,
      measure: workspaces.measure,
      lookMs: times.gitLookMs,
    }),
    pause: createPauseCalls(pause),
    agents: createAgentCalls({ agents, limits, commands, task: store.get }),
    settings: {
      list: async () => accept(settings.list()),
      get: async ({ key }) => settings.get(key),
      async set({ key, value }) {
        const done = settings.set(key, value);
        loop.poke();
        return done;
      },
    },
  };
}
