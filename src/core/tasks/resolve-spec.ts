import type { Agent } from '../../contract/agent/state.ts';
import type { CallInput } from '../../contract/api.ts';
import { RESOURCE_LIMITS } from '../../contract/process/limit-names.ts';
import type { ResourceLimits } from '../../contract/process/limits.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Settings } from '../../contract/settings/state.ts';
import type { NewTask } from '../../contract/task/commands.ts';
import { hasNoGoal } from '../../contract/task/derive.ts';
import type { TaskEdit } from '../../contract/task/events.ts';
import { rescheduled } from '../../contract/task/reschedule.ts';
import type { Task, TaskSpec } from '../../contract/task/state.ts';
import { firstLine, MAX_TITLE, truncate } from '../../contract/text.ts';
import { chooseAgent, chooseForSession } from './choose-agent.ts';

/** What a task is made from, beside what a person gives. */
interface Defaults {
  settings: Settings;
  agents: readonly Agent[];
}

interface NewDefaults extends Defaults {
  project: Pick<Project, 'limits'>;
}

/**
 * A new task with every default filled in, but for its files; or why it cannot be. What is not given comes from the agent
 * and the settings, and what it may use from its project before them. Pure.
 */
export function resolveSpec(
  spec: TaskSpec,
  id: string,
  { settings, agents, project }: NewDefaults,
): Result<Omit<NewTask, 'attachments'>> {
  const agent = chooseAgent(spec.agent, settings, agents);
  if (!agent.ok) return agent;
  if (spec.goal.trim() === '') return NO_GOAL;
  return accept({
    ...fill(spec, project, settings),
    id,
    projectId: spec.projectId,
    title: spec.title?.trim() || firstLine(spec.goal) || id,
    goal: spec.goal,
    base: spec.base ?? null,
    agent: agent.value,
    ...(spec.schedule ? { schedule: rescheduled(undefined, spec.schedule) } : {}),
    items: (spec.items ?? []).map((item) => ({ text: item.text, check: item.check ?? null })),
  });
}

/** A session that a person opens, as a task without a goal, on a branch of its own or on one that there is. Pure. */
export function resolveSession(
  spec: Omit<CallInput<'sessions', 'open'>, 'commandId'>,
  id: string,
  project: Pick<Project, 'name' | 'limits'>,
  { settings, agents }: Defaults,
): Result<Omit<NewTask, 'attachments'>> {
  const { projectId, branch } = spec;
  if (branch !== undefined && spec.base != null) {
    return reject('invalid', 'A session works on a branch that there is, or begins from a base: name one of the two.');
  }
  const agent = chooseForSession(spec.agent, settings, agents);
  if (!agent.ok) return agent;
  return accept({
    ...fill(spec, project, settings),
    id,
    projectId,
    title: spec.title?.trim() || sessionTitle(project.name),
    goal: '',
    base: branch ?? spec.base ?? null,
    ...(branch === undefined ? {} : { onBranch: true as const }),
    agent: agent.value,
    items: [],
  });
}

/** What a session is called while nobody has said more of it. */
function sessionTitle(project: string): string {
  return truncate(`Session in ${project}`, MAX_TITLE);
}

function fill(
  spec: Pick<TaskSpec, 'autonomy' | 'limits' | 'checks'>,
  project: Pick<Project, 'limits'>,
  settings: Settings,
) {
  return {
    autonomy: spec.autonomy ?? settings['agent.autonomy'],
    limits: {
      maxRetries: spec.limits?.maxRetries ?? settings['task.maxRetries'],
      firstResponseMs: spec.limits?.firstResponseMs ?? settings['task.firstResponseMs'],
      turnMs: spec.limits?.turnMs ?? settings['task.turnMs'],
      inactivityMs: spec.limits?.inactivityMs ?? settings['task.inactivityMs'],
      ...resourceLimitsOf(spec.limits, project.limits, settings),
    },
    checks: spec.checks ?? [],
  };
}

/** The first of these that says anything of it, also that there is none. */
function resourceLimitsOf(
  own: ResourceLimits | undefined,
  project: ResourceLimits | undefined,
  settings: Settings,
): ResourceLimits {
  const chosen = RESOURCE_LIMITS.flatMap((name) => {
    const given = [own?.[name], project?.[name], settings[`task.${name}`]].find((value) => value !== undefined);
    return given == null ? [] : [[name, given] as const];
  });
  return Object.fromEntries(chosen);
}

/** What a person changes of a task, made whole where it only names a choice; or why it cannot be. Pure. */
export function resolveEdit(
  edit: TaskEdit,
  task: Pick<Task, 'id' | 'goal' | 'title' | 'agent'>,
  { settings, agents }: Defaults,
  project: Pick<Project, 'name'> | null = null,
): Result<TaskEdit> {
  const { goal, agent } = edit;
  const isUnnamed = hasNoGoal(task) && project !== null && task.title === sessionTitle(project.name);
  const title = edit.title ?? (goal !== undefined && isUnnamed ? '' : undefined);
  if (goal !== undefined && goal.trim() === '') return NO_GOAL;
  const chosen =
    agent === undefined ? null : chooseAgent({ way: task.agent.way ?? 'headless', ...agent }, settings, agents);
  if (chosen?.ok === false) return chosen;
  return accept({
    ...edit,
    ...(title === undefined ? {} : { title: title.trim() || firstLine(goal ?? task.goal) || task.id }),
    ...(chosen === null ? {} : { agent: chosen.value }),
  });
}

const NO_GOAL = reject('invalid', 'The goal is empty.');
