import type { Client } from '../../contract/client.ts';
import { follow } from '../../contract/connection/follow.ts';
import type { LiveDelta } from '../../contract/live.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import { createValue, type Value } from './value.ts';

const PAGE = 400;
/** Events kept of one task; older ones are asked for again when they are looked at. */
const MOST_KEPT = 20_000;

export interface LiveEntry {
  kind: LiveDelta['kind'];
  text: string;
}

export interface Entries {
  /** Oldest first, without a gap up to the newest. */
  readonly events: readonly LoggedEvent[];
  /** Text that is still streaming, by entry id (or call id of a tool); it goes when its event comes. */
  readonly live: ReadonlyMap<string, LiveEntry>;
  readonly hasOlder: boolean;
  readonly loading: boolean;
}

export interface EntriesFeed {
  readonly entries: Value<Entries>;
  loadOlder(): Promise<void>;
  /** Reads and follows until `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export interface EntriesDeps {
  client: Pick<Client, 'tasks' | 'events'>;
  taskId: string;
  batch(work: () => void): () => void;
  /** Events in a page. */
  page?: number;
}

/** The log of one task from its end backwards, and everything new as it comes, at most one change a frame. */
export function createEntries({ client, taskId, batch, page: limit = PAGE }: EntriesDeps): EntriesFeed {
  let events: LoggedEvent[] = [];
  let live = new Map<string, LiveEntry>();
  let hasOlder = false;
  let loading = true;
  let fetching = false;
  const entries = createValue<Entries>({ events, live, hasOlder, loading });
  const publish = batch(() => {
    entries.set({ events: events.slice(), live: new Map(live), hasOlder, loading });
  });

  function take(logged: LoggedEvent): void {
    events.push(logged);
    if (events.length > MOST_KEPT * 1.1) {
      events = events.slice(-MOST_KEPT);
      hasOlder = true;
    }
    const { event } = logged;
    if ('entryId' in event) live.delete(event.entryId);
    if (event.type === 'tool.settled') live.delete(event.callId);
    if (event.type === 'turn.settled' || event.type === 'run.settled') live = new Map();
    publish();
  }

  return {
    entries,
    async loadOlder() {
      const [oldest] = events;
      if (fetching || !hasOlder || !oldest) return;
      fetching = true;
      loading = true;
      publish();
      try {
        const page = await client.tasks.log({ taskId, before: oldest.seq, limit });
        if (events[0] === oldest) {
          events = [...page.events, ...events];
          hasOlder = page.events.length === limit;
        }
      } finally {
        fetching = false;
        loading = false;
        publish();
      }
    },
    async run(signal) {
      const page = await client.tasks.log({ taskId, before: Number.MAX_SAFE_INTEGER, limit });
      if (signal.aborted) return;
      events = page.events.slice();
      live = new Map();
      hasOlder = page.events.length === limit;
      loading = false;
      publish();
      await follow(
        client as Client,
        { taskId, after: events.at(-1)?.seq ?? 0, live: true },
        (message) => {
          if (message.type === 'event') take(message.event);
          else if (message.type === 'live') {
            const { entryId, kind, text } = message.delta;
            live.set(entryId, { kind, text: (live.get(entryId)?.text ?? '') + text });
            publish();
          }
        },
        signal,
      );
    },
  };
}
