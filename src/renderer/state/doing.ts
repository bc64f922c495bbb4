import type { ToolCall } from '../../contract/run/tool-call.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import { createValue, type Value } from '../ui/value.ts';

/** The last call of each task that says something to a person, as long as its turn lasts. */
export interface Doing {
  readonly calls: Value<ReadonlyMap<string, ToolCall>>;
  take(event: LoggedEvent): void;
}

/** What an agent does about its own list is told by the items. */
const SILENT: readonly ToolCall['kind'][] = ['checklist', 'plan', 'question', 'mcp', 'other'];

export function createDoing(): Doing {
  const calls = createValue<ReadonlyMap<string, ToolCall>>(new Map());
  function set(taskId: string, call: ToolCall | null): void {
    const next = new Map(calls.get());
    if (call) next.set(taskId, call);
    else if (!next.delete(taskId)) return;
    calls.set(next);
  }
  return {
    calls,
    take({ taskId, event }) {
      if (event.type === 'tool.called') {
        if (event.call && !SILENT.includes(event.call.kind)) set(taskId, event.call);
      } else if (event.type === 'turn.settled' || event.type === 'run.settled' || event.type === 'task.deleted') {
        set(taskId, null);
      }
    },
  };
}
