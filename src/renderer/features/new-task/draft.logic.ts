import * as z from 'zod';
import { type AgentWay, type Autonomy, agentWay, autonomy } from '../../../contract/agent/state.ts';
import type { CallInput } from '../../../contract/api.ts';
import { MAX_ATTACHMENTS } from '../../../contract/attachment/state.ts';
import { RESOURCE_LIMITS, type ResourceLimit } from '../../../contract/process/limit-names.ts';
import type { ResourceLimits } from '../../../contract/process/limits.ts';
import { priority } from '../../../contract/task/schedule.ts';
import type { Limits, Task } from '../../../contract/task/state.ts';
import { firstLine } from '../../../contract/text.ts';
import { quoteCommand, quoteCommands, splitCommand, splitCommands } from '../../../contract/words/argv.ts';
import { readTime, writeTime } from '../../ui/time.logic.ts';
import type { DraftFile } from '../attachments/attach.logic.ts';
import { labels as limitLabels } from '../limits/labels.ts';
import { isNone, readLimit, writeLimit } from '../limits/limits.logic.ts';
import { labels as schedules } from '../schedule/labels.ts';
import {
  changeOf,
  isUnscheduled,
  NO_SCHEDULE,
  readStart,
  type ScheduleDraft,
  scheduleDraftOf,
} from '../schedule/schedule.logic.ts';
import { labels } from './labels.ts';

export interface DraftItem {
  /** Only for this window, so that a moved line stays the same line. */
  readonly key: string;
  readonly text: string;
  /** The command that must pass, as typed; empty for none. */
  readonly check: string;
}

/** The limits that are typed as times; empty leaves them to the settings. */
export const CLOCKS = ['firstResponseMs', 'turnMs', 'inactivityMs'] as const satisfies (keyof Limits)[];
export type Clock = (typeof CLOCKS)[number];

/** What is typed into the dialog of a new task. Empty texts and null leave it to the settings. */
export interface Draft extends Readonly<Record<Clock | ResourceLimit, string>> {
  readonly goal: string;
  readonly items: readonly DraftItem[];
  readonly attachments: readonly DraftFile[];
  readonly projectId: string | null;
  readonly base: string;
  readonly agent: string | null;
  readonly model: string;
  readonly effort: string | null;
  readonly way: AgentWay | null;
  readonly autonomy: Autonomy | null;
  /** One command per line. */
  readonly checks: string;
  readonly maxRetries: number | null;
  readonly schedule: ScheduleDraft;
}

export const EMPTY_DRAFT: Draft = {
  goal: '',
  items: [],
  attachments: [],
  projectId: null,
  base: '',
  agent: null,
  model: '',
  effort: null,
  way: null,
  autonomy: null,
  checks: '',
  maxRetries: null,
  schedule: NO_SCHEDULE,
  firstResponseMs: '',
  turnMs: '',
  inactivityMs: '',
  maxMemory: '',
  maxProcesses: '',
  maxCpuMs: '',
};

let nextKey = 0;

export function newItem(text = '', check = ''): DraftItem {
  nextKey += 1;
  return { key: `${Date.now().toString(36)}-${nextKey}`, text, check };
}

/** Moves one line to another place; out of range leaves all as it is. */
export function moveItem(items: readonly DraftItem[], from: number, to: number): readonly DraftItem[] {
  if (from === to || from < 0 || to < 0 || to >= items.length) return items;
  const next = items.slice();
  const [moved] = next.splice(from, 1);
  if (moved) next.splice(to, 0, moved);
  return next;
}

export type DraftField = 'goal' | 'project' | 'checks' | 'items' | 'startAt' | Clock | ResourceLimit;

/** What is missing before the draft can become a task; null when nothing is. */
export function problemOf(draft: Draft): { field: DraftField; words: string } | null {
  if (draft.goal.trim() === '') return { field: 'goal', words: labels.goalMissing };
  if (draft.projectId === null) return { field: 'project', words: labels.projectMissing };
  for (const [at, { check }] of draft.items.entries()) {
    const split = check.trim() === '' ? null : splitCommand(check.trim());
    if (split?.ok === false) return { field: 'items', words: labels.checkOf(at + 1, split.problem) };
  }
  const checks = splitCommands(draft.checks);
  if (!checks.ok) return { field: 'checks', words: checks.problem };
  if (readStart(draft.schedule.startAt, Date.now()) === undefined) {
    return { field: 'startAt', words: schedules.startAtUnreadable };
  }
  const clock = CLOCKS.find((name) => draft[name].trim() !== '' && readTime(draft[name]) === null);
  if (clock) return { field: clock, words: labels.timeUnreadable };
  const limit = RESOURCE_LIMITS.find((name) => readLimit(name, draft[name]) === undefined);
  return limit ? { field: limit, words: limitLabels.unreadable[limit] } : null;
}

function itemsOf(draft: Draft) {
  return draft.items.flatMap(({ text, check }) => {
    const split = splitCommand(check.trim());
    const words = text.trim();
    return words === '' ? [] : [{ text: words, ...(split.ok ? { check: split.argv } : {}) }];
  });
}

/** The checks as far as they can be read; `problemOf` says what is wrong with them. */
export function checksOf({ checks }: Pick<Draft, 'checks'>): string[][] {
  const split = splitCommands(checks);
  return split.ok ? split.commands : [];
}

function limitsOf(draft: Draft): Partial<Limits> {
  const clocks = CLOCKS.flatMap((name) => {
    const ms = readTime(draft[name]);
    return ms === null ? [] : [[name, ms] as const];
  });
  return {
    ...(draft.maxRetries !== null ? { maxRetries: draft.maxRetries } : {}),
    ...Object.fromEntries(clocks),
    ...resourceLimitsOf(draft),
  };
}

/** Those that were typed: `none` is null, and an empty one is left out. */
function resourceLimitsOf(draft: Draft): ResourceLimits {
  const typed = RESOURCE_LIMITS.filter((name) => draft[name].trim() !== '');
  return Object.fromEntries(typed.map((name) => [name, isNone(draft[name]) ? null : readLimit(name, draft[name])]));
}

/** Of a task that is there an empty one is none: what the settings say is for new ones. */
function unlimited({ maxMemory: _memory, maxProcesses: _processes, maxCpuMs: _cpu, ...others }: Limits): Limits {
  return others;
}

type Spec = Omit<CallInput<'tasks', 'create'>, 'commandId' | 'start'>;

/** The agent as far as it is chosen. */
export function agentOf({ agent, model, effort, way }: Draft): NonNullable<Spec['agent']> {
  return {
    ...(agent ? { agent } : {}),
    ...(model.trim() ? { model: model.trim() } : {}),
    ...(effort ? { effort } : {}),
    ...(way ? { way } : {}),
  };
}

/** What the draft asks of `tasks.create`; call it only when there is no problem. */
export function specOf(draft: Draft): Spec {
  const checks = checksOf(draft);
  const limits = limitsOf(draft);
  return {
    goal: draft.goal.trim(),
    projectId: draft.projectId ?? '',
    items: itemsOf(draft),
    ...(draft.base.trim() ? { base: draft.base.trim() } : {}),
    agent: agentOf(draft),
    ...(draft.autonomy ? { autonomy: draft.autonomy } : {}),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
    ...(checks.length > 0 ? { checks } : {}),
    ...(isUnscheduled(draft.schedule) ? {} : { schedule: changeOf(draft.schedule, Date.now()) }),
    ...(draft.attachments.length > 0 ? { attachments: draft.attachments.map(({ id }) => id) } : {}),
  };
}

/** What the draft asks of `tasks.edit` for a task that is there. The title follows the goal unless it was given. */
export function editOf(draft: Draft, task: Task): CallInput<'tasks', 'edit'>['edit'] {
  const goal = draft.goal.trim();
  return {
    goal,
    ...(task.title === firstLine(task.goal) ? { title: firstLine(goal) } : {}),
    base: draft.base.trim() || null,
    agent: {
      agent: draft.agent ?? task.agent.agent,
      model: draft.model.trim() || null,
      effort: draft.effort,
      ...(draft.way ? { way: draft.way } : {}),
    },
    autonomy: draft.autonomy ?? task.autonomy,
    limits: { ...unlimited(task.limits), ...limitsOf(draft) },
    checks: checksOf(draft),
  };
}

/** The items that a changed draft has more than its task: only those can be added. */
export function newItemsOf(draft: Draft, task: Task) {
  return itemsOf({ ...draft, items: draft.items.slice(task.items.length) });
}

/** A draft that says what a task was made from. A task that takes the attachments of another gets copies. */
export function draftOfTask(task: Task): Draft {
  return {
    goal: task.goal,
    items: task.items.map(({ text, check }) => newItem(text, check ? quoteCommand(check) : '')),
    attachments: task.attachments
      .slice(0, MAX_ATTACHMENTS)
      .map(({ id, name, bytes }) => ({ id, name, bytes, thumb: null })),
    projectId: task.projectId,
    base: task.base ?? '',
    agent: task.agent.agent,
    model: task.agent.model ?? '',
    effort: task.agent.effort,
    way: task.agent.way ?? null,
    autonomy: task.autonomy,
    checks: quoteCommands(task.checks),
    maxRetries: task.limits.maxRetries,
    schedule: scheduleDraftOf(task.schedule),
    firstResponseMs: writeTime(task.limits.firstResponseMs),
    turnMs: writeTime(task.limits.turnMs),
    inactivityMs: writeTime(task.limits.inactivityMs),
    maxMemory: writeLimit('maxMemory', task.limits.maxMemory),
    maxProcesses: writeLimit('maxProcesses', task.limits.maxProcesses),
    maxCpuMs: writeLimit('maxCpuMs', task.limits.maxCpuMs),
  };
}

const kept = z.object({
  goal: z.string().catch(''),
  items: z.array(z.object({ text: z.string().catch(''), check: z.string().catch('') })).catch([]),
  attachments: z
    .array(z.object({ id: z.string(), name: z.string(), bytes: z.number(), thumb: z.string().nullable().catch(null) }))
    .catch([]),
  projectId: z.string().nullable().catch(null),
  base: z.string().catch(''),
  agent: z.string().nullable().catch(null),
  model: z.string().catch(''),
  effort: z.string().nullable().catch(null),
  way: agentWay.nullable().catch(null),
  autonomy: autonomy.nullable().catch(null),
  checks: z.string().catch(''),
  maxRetries: z.number().nullable().catch(null),
  schedule: z
    .object({
      priority: priority.catch('normal'),
      startAt: z.string().catch(''),
      after: z.array(z.string()).catch([]),
      need: z.enum(['all', 'any']).catch('all'),
      fromBranch: z.boolean().catch(false),
    })
    .catch(() => ({ ...NO_SCHEDULE, after: [] })),
  firstResponseMs: z.string().catch(''),
  turnMs: z.string().catch(''),
  inactivityMs: z.string().catch(''),
  maxMemory: z.string().catch(''),
  maxProcesses: z.string().catch(''),
  maxCpuMs: z.string().catch(''),
});

/** What was kept of a draft, as far as it can be read; a part that cannot be read is empty. */
export function readDraft(text: string | null): Draft {
  try {
    const { items, ...rest } = kept.parse(JSON.parse(text ?? '{}'));
    return { ...rest, items: items.map(({ text: words, check }) => newItem(words, check)) };
  } catch {
    return EMPTY_DRAFT;
  }
}

/** Whether nothing is said in it; what was chosen does not count. */
export function isUntouched(draft: Draft): boolean {
  return (
    draft.goal.trim() === '' && draft.items.every(({ text }) => text.trim() === '') && draft.attachments.length === 0
  );
}
