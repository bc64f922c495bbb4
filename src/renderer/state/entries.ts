import type { Client } from '../../contract/client.ts';
import { ConnectionLost } from '../../contract/connection/connect.ts';
import { follow } from '../../contract/connection/follow.ts';
import { pause } from '../../contract/connection/socket.ts';
import type { LiveDelta } from '../../contract/live.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import { createValue, type Value } from '../ui/value.ts';

const PAGE = 200;
/** Events kept of one task; what is further away is asked for again when it is looked at. */
const MOST_KEPT = 20_000;
/** Kept of what streams: the end of each entry, of the newest entries. UTF-16 units. */
const LONGEST_LIVE = 64 * 1024;
const MOST_LIVE = 50;
const AGAIN_MS = 300;
const NEWEST = Number.MAX_SAFE_INTEGER;

export interface LiveEntry {
  kind: LiveDelta['kind'];
  text: string;
}

/** A part of the log without a gap, and what streams after it. */
export interface Entries {
  /** Oldest first. */
  readonly events: readonly LoggedEvent[];
  /** Text that is still streaming, by entry id (or call id of a tool); it goes when its event comes. */
  readonly live: ReadonlyMap<string, LiveEntry>;
  readonly hasOlder: boolean;
  /** Whether there are newer events than the last of `events`; what comes is then not appended. */
  readonly hasNewer: boolean;
  readonly loading: boolean;
}

/** Moves the part that is loaded. None rejects: what could not be loaded can be asked for again. */
export interface EntriesMoves {
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** Loads what lies around an event, unless it is there; 0 is the beginning. */
  show(seq: number): Promise<void>;
  /** Goes back to the newest events, and follows them. */
  showLatest(): Promise<void>;
}

export type EntriesView = Entries & EntriesMoves;

export interface EntriesFeed extends EntriesMoves {
  readonly entries: Value<Entries>;
  /** Asks for the newest page, which `run` then takes: for who is about to run it. */
  begin(): void;
  /** Reads and follows until `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export interface EntriesDeps {
  client: Pick<Client, 'tasks' | 'events'>;
  taskId: string;
  batch(work: () => void): () => void;
  /** Events in a page. */
  page?: number;
  mostKept?: number;
}

/** The log of one task from its end backwards, and everything new as it comes, at most one change a frame. */
export function createEntries(deps: EntriesDeps): EntriesFeed {
  const { client, taskId, batch, page: limit = PAGE, mostKept = MOST_KEPT } = deps;
  let events: LoggedEvent[] = [];
  let shown: readonly LoggedEvent[] = events;
  let live = new Map<string, LiveEntry>();
  let hasOlder = false;
  let hasNewer = false;
  let loading = true;
  /** The newest event that is known to be logged. */
  let newest = 0;
  let busy: Promise<void> | null = null;
  let begun: Promise<LoggedEvent[]> | null = null;
  const entries = createValue<Entries>({ events, live, hasOlder, hasNewer, loading });
  function show(): void {
    if (shown.length !== events.length || shown.at(-1) !== events.at(-1) || shown[0] !== events[0]) {
      shown = events.slice();
    }
    entries.set({ events: shown, live: hasNewer ? new Map() : new Map(live), hasOlder, hasNewer, loading });
  }
  const publish = batch(show);
  const lastSeq = () => events.at(-1)?.seq ?? 0;
  const before = async (seq: number, most = limit) =>
    (await client.tasks.log({ taskId, before: seq, limit: most })).events;
  const after = async (seq: number, most = limit) =>
    (await client.tasks.log({ taskId, after: seq, limit: most })).events;

  function take(logged: LoggedEvent): void {
    newest = Math.max(newest, logged.seq);
    const { event } = logged;
    if ('entryId' in event) live.delete(event.entryId);
    if (event.type === 'tool.settled') live.delete(event.callId);
    if (event.type === 'turn.settled' || event.type === 'run.settled') live = new Map();
    if (!hasNewer && logged.seq > lastSeq()) {
      events.push(logged);
      if (events.length > mostKept * 1.1) dropOldest();
    }
    publish();
  }

  function grow({ entryId, kind, text }: LiveDelta): void {
    live.set(entryId, { kind, text: ((live.get(entryId)?.text ?? '') + text).slice(-LONGEST_LIVE) });
    const [first] = live.keys();
    if (live.size > MOST_LIVE && first !== undefined) live.delete(first);
    publish();
  }

  function dropOldest(): void {
    events = events.slice(-mostKept);
    hasOlder = true;
  }

  /** One move at a time; a second one that is asked for meanwhile is left out, or waits where it must happen. */
  async function move(work: () => Promise<void>, waits = false): Promise<void> {
    if (busy && !waits) return;
    while (busy) await busy;
    loading = true;
    publish();
    busy = work().catch(() => {});
    await busy;
    busy = null;
    loading = false;
    publish();
  }

  /** The newest page, asked for again while there is no connection; null when `signal` aborted. */
  async function firstPage(signal: AbortSignal): Promise<LoggedEvent[] | null> {
    while (!signal.aborted) {
      try {
        begun ??= before(NEWEST);
        const page = await begun;
        return signal.aborted ? null : page;
      } catch (error) {
        begun = null;
        if (!(error instanceof ConnectionLost)) throw error;
        await pause(AGAIN_MS, signal);
      }
    }
    return null;
  }

  async function appendPage(): Promise<void> {
    const page = await after(lastSeq());
    events = [...events, ...page];
    if (events.length > mostKept) dropOldest();
    // What was logged while the page was on its way is known from the stream: then this was not the last page.
    hasNewer = page.length > 0 && lastSeq() < newest;
  }

  return {
    entries,
    begin() {
      begun ??= before(NEWEST);
      // Told by `run`.
      begun.catch(() => {});
    },
    async loadOlder() {
      const [oldest] = events;
      if (!hasOlder || !oldest) return;
      await move(async () => {
        const page = await before(oldest.seq);
        if (events[0] !== oldest) return;
        events = [...page, ...events];
        hasOlder = page.length === limit;
        if (events.length > mostKept) {
          events = events.slice(0, mostKept);
          hasNewer = true;
        }
      });
    },
    async loadNewer() {
      if (hasNewer) await move(appendPage);
    },
    async show(seq) {
      await move(async () => {
        if ((seq >= (events[0]?.seq ?? NEWEST) || !hasOlder) && (seq <= lastSeq() || !hasNewer)) return;
        const [older, newer] = await Promise.all([before(seq + 1), after(seq)]);
        events = [...older, ...newer];
        hasOlder = older.length === limit;
        hasNewer = newer.length > 0 && lastSeq() < newest;
      }, true);
    },
    async showLatest() {
      if (!hasNewer) return;
      await move(async () => {
        events = await before(NEWEST);
        hasOlder = events.length === limit;
        hasNewer = lastSeq() < newest;
        while (hasNewer) await appendPage();
      }, true);
    },
    async run(signal) {
      const page = await firstPage(signal);
      if (page === null) return;
      events = page.slice();
      live = new Map();
      newest = lastSeq();
      hasOlder = page.length === limit;
      loading = false;
      // What a person waits for does not wait for a frame.
      show();
      await follow(
        client as Client,
        { taskId, after: newest, live: true },
        (message) => {
          if (message.type === 'event') take(message.event);
          else if (message.type === 'live') grow(message.delta);
          // What streamed while there was no connection is lost: half a text is worse than its end.
          else if (message.type === 'caught-up' && live.size > 0) {
            live = new Map();
            publish();
          }
        },
        signal,
      );
    },
  };
}
