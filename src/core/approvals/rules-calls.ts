import path from 'node:path';
import type { Autonomy } from '../../contract/agent/state.ts';
import type { RuleScope, RuleTrial } from '../../contract/approval/rule.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { Task } from '../../contract/task/state.ts';
import type { CoreApi } from '../core-api.ts';
import type { Question } from './autonomy.ts';
import type { JudgeContexts } from './context.ts';
import { pathKey } from './files.ts';
import { judge } from './judge.ts';
import { SHELL_TOOL } from './match.ts';
import type { Rules } from './rules-store.ts';

interface Deps {
  rules: Rules;
  contexts: JudgeContexts;
  /** Absolute. */
  dataFolder: string;
  task(taskId: string): Task | null;
  project(projectId: string): Outcome<Project>;
  /** Of a new task. */
  autonomy(): Autonomy;
}

/** The calls on rules. */
export function createRulesCalls({ rules, contexts, dataFolder, task, project, autonomy }: Deps): CoreApi['rules'] {
  function checkScope(scope: RuleScope): Outcome<unknown> {
    if (scope.type === 'project') return project(scope.projectId);
    if (scope.type === 'task' && !task(scope.taskId)) return noTask(scope.taskId);
    return accept(null);
  }

  return {
    list: async (where) => {
      const { taskId } = where;
      const projectId = where.projectId ?? (taskId === undefined ? undefined : task(taskId)?.projectId);
      return accept(rules.list({ ...where, ...(projectId === undefined ? {} : { projectId }) }));
    },
    async add(spec) {
      const known = checkScope(spec.scope);
      return known.ok ? rules.add(spec) : known;
    },
    set: async ({ ruleId, ...change }) => rules.set(ruleId, change),
    remove: async ({ ruleId }) => rules.remove(ruleId),
    async try({ tool, text, taskId, projectId, autonomy: chosen }) {
      const found = taskId === undefined ? null : task(taskId);
      if (taskId !== undefined && !found) return noTask(taskId);
      const within = found?.projectId ?? projectId;
      const home = within === undefined ? null : project(within);
      if (home && !home.ok) return home;
      if (home) await contexts.prepare(home.value);
      const workspace = found?.workspace?.path ?? home?.value.path ?? path.join(dataFolder, 'workspaces', 'any');
      const context = contexts.of(
        { id: found?.id ?? '', projectId: within ?? '', autonomy: chosen ?? found?.autonomy ?? autonomy() },
        workspace,
      );
      return accept(tryOut(callOf(tool, text), context));
    },
  };
}

function noTask(taskId: string) {
  return reject('not-found', `There is no task ${taskId}.`);
}

/** The call of a tool with this command, path or address. */
function callOf(tool: string, text: string): Question {
  const key = tool === SHELL_TOOL ? 'command' : tool === 'WebFetch' ? 'url' : pathKey(tool);
  return { tool, input: key === null ? {} : { [key]: text }, blockedPath: null };
}

function tryOut(question: Question, context: Parameters<typeof judge>[1]): RuleTrial {
  const { decision, by, ruleId, protects, words, parts } = judge(question, context);
  const reason = decision === 'ask' ? { by, words, ruleId, protects } : null;
  return { decision, ruleId, words, reason, parts };
}
