import { type Result, reject } from '../contract/rejection.ts';
import type { Caller } from '../core/core-api.ts';

/** All that the agent of a task may call. Whatever is not named here is refused, also what is added to the contract later. */
const FOR_AGENTS: ReadonlySet<string> = new Set(['tasks.get', 'items.list', 'items.add', 'items.set', 'items.note']);

/** Whether a caller reaches a call with this input; `null` when it does, else the refusal. */
export function checkReach(caller: Caller, call: string, input: unknown): (Result<never> & { ok: false }) | null {
  if (caller.taskId === null && caller.by === 'user') return null;
  if (!FOR_AGENTS.has(call)) {
    return reject(
      'forbidden',
      `The token of a task does not reach ${call}: it reads that task and reports on its items.`,
      [...FOR_AGENTS],
    );
  }
  const given = typeof input === 'object' && input !== null ? (input as { taskId?: unknown }) : {};
  if (given.taskId !== caller.taskId) {
    return reject('forbidden', `The token of task ${caller.taskId} reaches only that task.`);
  }
  return null;
}
