import path from 'node:path';
import type { Autonomy } from '../../../contract/agent/state.ts';
import type { RuleScope, RuleTrial } from '../../../contract/approval/rule.ts';
import { ruleTool } from '../../../contract/approval/rule-tool.ts';
import type { Project } from '../../../contract/project/state.ts';
import { accept, type Result, reject } from '../../../contract/rejection.ts';
import type { ToolCall } from '../../../contract/run/tool-call.ts';
import type { Task } from '../../../contract/task/state.ts';
import type { CoreApi } from '../../core-api.ts';
import type { JudgeContexts } from '../judge/context.ts';
import type { Judged } from '../judge/files.ts';
import { judge } from '../judge/judge.ts';
import type { Rules } from './rules-store.ts';

interface Deps {
  rules: Rules;
  contexts: JudgeContexts;
  /** Absolute. */
  dataFolder: string;
  task(taskId: string): Task | null;
  project(projectId: string): Result<Project>;
  /** Of a new task. */
  autonomy(): Autonomy;
  /** What a call of a tool without any input is, for the agent of this task or of a new one. */
  callOf(task: Task | null, tool: string): ToolCall;
}

/** The calls on rules. */
export function createRulesCalls(deps: Deps): CoreApi['rules'] {
  const { rules, contexts, dataFolder, task, project, autonomy } = deps;

  function checkScope(scope: RuleScope): Result<unknown> {
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
      return accept(tryOut({ call: trialCall(tool, text) ?? deps.callOf(found, tool), blockedPath: null }, context));
    },
  };
}

function noTask(taskId: string) {
  return reject('not-found', `There is no task ${taskId}.`);
}

/** The call of a tool with this command, path or address; null where a rule's pattern is about none of them. */
function trialCall(tool: string, text: string): ToolCall | null {
  const known = ruleTool(tool);
  if (known === null || known.about === null) return null;
  const paths = [text];
  switch (known.kind) {
    case 'command':
      return { kind: 'command', title: tool, command: text };
    case 'read':
      return { kind: 'read', title: tool, paths };
    case 'search':
      return { kind: 'search', title: tool, paths, of: 'text', pattern: null };
    case 'edit':
    case 'write':
      return { kind: known.kind, title: tool, paths, change: { after: '' } };
    case 'fetch':
      return { kind: 'fetch', title: tool, url: text };
    default:
      return null;
  }
}

function tryOut(question: Judged, context: Parameters<typeof judge>[1]): RuleTrial {
  const { decision, by, ruleId, protects, words, parts } = judge(question, context);
  const reason = decision === 'ask' ? { by, words, ruleId, protects } : null;
  return { decision, ruleId, words, reason, parts };
}
