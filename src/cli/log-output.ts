import type { Client } from '../contract/client.ts';
import type { LongText } from '../contract/run/long-text.ts';
import type { StreamMessage } from '../contract/stream/state.ts';
import type { LoggedEvent } from '../contract/task/events.ts';
import type { Task } from '../contract/task/state.ts';
import { removedOutputWords } from '../contract/words/clean-up.ts';
import { type Context, type GlobalOptions, viewOf } from './context.ts';
import { createLogPrinter } from './printing/event.ts';
import { createLivePrinter } from './printing/live.ts';

export interface LogOptions extends GlobalOptions {
  full?: boolean;
}

/** Writes the log of one task to standard output as its events come. */
export interface LogOutput {
  /** Whether streaming text can be shown. */
  readonly live: boolean;
  write(message: StreamMessage): Promise<void>;
  /** Ends an open line; what is written next begins on one of its own. */
  end(): void;
}

/**
 * With `--json` one event a line, as it stands in the log; else for a person, on a terminal with the text as it
 * streams. `task` gives the items and the workspace that were made before the first event shown.
 */
export function createLogOutput(context: Context, client: Client, options: LogOptions, task: Task): LogOutput {
  const { out } = context;
  const { full = false, json = false } = options;
  const view = () => viewOf(context);
  const log = createLogPrinter(view, { full, items: task.items, workspace: task.workspace?.path ?? null });
  const live = out.isTerminal && !json ? createLivePrinter(view, log) : null;

  const textOf = async (event: LoggedEvent): Promise<string> => {
    if (json) return `${JSON.stringify(event)}\n`;
    const whole = full ? await withBlobs(client, event) : event;
    if (live) return live.event(whole);
    return log
      .lines(whole)
      .map((line) => `${line}\n`)
      .join('');
  };

  return {
    live: live !== null,
    async write(message) {
      if (message.type === 'event') out.write(await textOf(message.event));
      else if (message.type === 'live' && live) out.write(live.delta(message.delta));
      await out.drained();
    },
    end() {
      if (live) out.write(live.end());
    },
  };
}

/** The event with every long text whole. */
async function withBlobs(client: Client, logged: LoggedEvent): Promise<LoggedEvent> {
  const event: Record<string, unknown> = { ...logged.event };
  for (const [name, value] of Object.entries(event)) {
    if (isLongText(value) && value.blob !== null) {
      event[name] = { ...value, text: await wholeOf(client, logged.taskId, value.blob, value.text), blob: null };
    }
  }
  return { ...logged, event: event as LoggedEvent['event'] };
}

/** All of it; of one that was removed what is left, and that it was. */
async function wholeOf(client: Client, taskId: string, blob: string, beginning: string): Promise<string> {
  const parts: string[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const part: Awaited<ReturnType<Client['tasks']['blob']>> = await client.tasks.blob({ taskId, blob, offset });
    if (part.removedAt !== undefined) return `${beginning}\n${removedOutputWords(part.removedAt)}`;
    parts.push(part.text);
    offset = part.nextOffset;
  }
  return parts.join('');
}

function isLongText(value: unknown): value is LongText {
  return typeof value === 'object' && value !== null && 'blob' in value && 'bytes' in value && 'text' in value;
}
